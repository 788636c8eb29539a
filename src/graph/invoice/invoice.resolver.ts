import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Directive, ID, Info, Query, Resolver } from 'type-graphql'
import type { Invoice } from '../../domain/invoice.js'
import { type InvoiceList, listInvoices, loadInvoice } from '../../loaders/invoices.js'
import type { Context } from '../context.js'
import { reportFailures } from '../errors/report-failures.js'
import { readGlobalId } from '../node/global-id.js'
import { CALLS_UPSTREAM, CALLS_UPSTREAMS, paged } from '../schema/query-cost.js'
import { InvoiceType } from './invoice.type.js'
import { InvoiceConnectionType } from './invoice-connection.type.js'
import { INVOICES_PER_PAGE, InvoicesArgs, todayOf, toInvoiceListQuestion } from './invoices.args.js'

@Resolver(() => InvoiceType)
export class InvoiceResolver {
  @Directive(CALLS_UPSTREAM)
  @Query(() => InvoiceType, { nullable: true, description: 'An invoice by id; null if it does not exist.' })
  invoice(
    @Arg('id', () => ID, { description: 'An invoice id, such as threescale:invoice:1201; not an invoice number.' })
    id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Invoice | null> {
    const { source, nativeId } = readGlobalId('id', id, 'Invoice')
    return loadInvoice(loaders, source, nativeId)
  }

  @Directive(CALLS_UPSTREAMS)
  @Directive(paged(INVOICES_PER_PAGE))
  @Query(() => InvoiceConnectionType, {
    nullable: true,
    description:
      'Invoices of both billing systems in one list, 20 per page by default. An unavailable system is left out, listed in ' +
      'unavailable and reported in errors.',
  })
  async invoices(
    @Args(() => InvoicesArgs) args: InvoicesArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<InvoiceList> {
    const question = toInvoiceListQuestion(args, todayOf(context.loaders))
    return reportFailures(context, info, await listInvoices(context.loaders, question))
  }
}
