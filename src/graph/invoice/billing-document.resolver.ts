import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import { breakDown, type CostShare, type CostDimension as Dimension } from '../../domain/breakdown.js'
import type { Invoice } from '../../domain/invoice.js'
import type { Quotation } from '../../domain/quotation.js'
import { type Ledger, ledgerOf } from '../../domain/source.js'
import { loadLinesOf } from '../../loaders/line-items.js'
import type { Context } from '../context.js'
import { CostShareType } from '../customer-cost/cost-share.type.js'
import {
  checkPage,
  connectLineItems,
  LINES_PER_PAGE,
  type LineItemConnection,
  LineItemsArgs,
} from '../line-item/line-item-connection.js'
import { LineItemConnectionType } from '../line-item/line-item-connection.type.js'
import { CostDimension } from '../schema/enums.js'
import { listOf, paged } from '../schema/query-cost.js'
import { BillingDocumentType } from './billing-document.type.js'

@Resolver(() => BillingDocumentType)
export class BillingDocumentResolver {
  @FieldResolver()
  ledger(@Root() document: Invoice | Quotation): Ledger {
    return ledgerOf(document.source)
  }

  @Directive(paged(LINES_PER_PAGE))
  @FieldResolver(() => LineItemConnectionType, {
    nullable: true,
    description:
      'Line items, 100 per page unless `first` or `last` says otherwise; totalCount counts all. Null if the billing system cannot list them.',
  })
  async lineItems(
    @Root() document: Invoice | Quotation,
    @Args(() => LineItemsArgs) args: LineItemsArgs,
    @Ctx() { loaders }: Context,
  ): Promise<LineItemConnection | null> {
    checkPage(args)
    const lines = await loadLinesOf(loaders, document)
    return lines && connectLineItems(lines, args, document.total.net.currency)
  }

  @Directive(listOf(20))
  @FieldResolver(() => [CostShareType], {
    nullable: true,
    description: 'Cost grouped by one dimension, highest first; null if the billing system cannot list the line items.',
  })
  async breakdown(
    @Root() document: Invoice | Quotation,
    @Arg('by', () => CostDimension, { description: 'Dimension to group by.' }) by: Dimension,
    @Ctx() { loaders }: Context,
  ): Promise<readonly CostShare[] | null> {
    const lines = await loadLinesOf(loaders, document)
    return lines && breakDown(lines, by, document.total.net.currency)
  }
}
