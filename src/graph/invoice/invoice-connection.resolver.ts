import { Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import type { CurrencyTotal } from '../../domain/currency-total.js'
import type { Invoice } from '../../domain/invoice.js'
import { invoiceKey } from '../../domain/invoice-order.js'
import type { BillingSource } from '../../domain/source.js'
import type { InvoiceList } from '../../loaders/invoices.js'
import { encodeCursor, type PageInfoType, toPageInfo } from '../connection/page.js'
import { CALLS_UPSTREAMS, listOf } from '../schema/query-cost.js'
import { CurrencyTotalType } from './currency-total.type.js'
import { InvoiceConnectionType } from './invoice-connection.type.js'

@Resolver(() => InvoiceConnectionType)
export class InvoiceConnectionResolver {
  @FieldResolver()
  edges(@Root() list: InvoiceList): readonly { cursor: string; node: Invoice }[] {
    return list.invoices.map(node => ({ cursor: encodeCursor(invoiceKey(node, list.order)), node }))
  }

  @FieldResolver()
  nodes(@Root() list: InvoiceList): readonly Invoice[] {
    return list.invoices
  }

  @FieldResolver()
  pageInfo(@Root() list: InvoiceList): PageInfoType {
    return toPageInfo(this.edges(list), list)
  }

  @FieldResolver()
  totalCount(@Root() list: InvoiceList): Promise<number | null> {
    return list.count()
  }

  @Directive(CALLS_UPSTREAMS)
  @Directive(listOf(4))
  @FieldResolver(() => [CurrencyTotalType], {
    nullable: true,
    description:
      'Totals of the matching invoices on all pages, by ledger and currency, without cancelled ones. Reads the whole list. Null ' +
      'while a billing system of the list is unavailable.',
  })
  total(@Root() list: InvoiceList): Promise<readonly CurrencyTotal[] | null> {
    return list.totals()
  }

  @FieldResolver()
  unavailable(@Root() list: InvoiceList): readonly BillingSource[] {
    return [...list.failures.keys()]
  }
}
