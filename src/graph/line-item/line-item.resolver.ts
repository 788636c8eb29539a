import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Invoice } from '../../domain/invoice.js'
import type { LineItem } from '../../domain/line-item.js'
import { loadInvoice } from '../../loaders/invoices.js'
import type { Context } from '../context.js'
import { InvoiceType } from '../invoice/invoice.type.js'
import { LineItemType } from './line-item.type.js'

@Resolver(() => LineItemType)
export class LineItemResolver {
  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: 'The invoice of the line item; null for a quotation, and if the caller may not see the invoice.',
  })
  async invoice(@Root() line: LineItem, @Ctx() { loaders }: Context): Promise<Invoice | null> {
    return line.invoiceId === null ? null : loadInvoice(loaders, line.source, line.invoiceId)
  }
}
