import { FieldResolver, Resolver, Root } from 'type-graphql'
import type { Invoice } from '../../domain/invoice.js'
import { invoiceKey } from '../../domain/invoice-order.js'
import type { BillingSource } from '../../domain/source.js'
import type { InvoiceList } from '../../loaders/invoices.js'
import { encodeCursor, type PageInfoType, toPageInfo } from '../connection/page.js'
import { InvoiceConnectionType } from './invoice-connection.type.js'

@Resolver(() => InvoiceConnectionType)
export class InvoiceConnectionResolver {
  @FieldResolver()
  edges(@Root() list: InvoiceList): readonly { cursor: string; node: Invoice }[] {
    return list.invoices.map(node => ({ cursor: encodeCursor(invoiceKey(node)), node }))
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

  @FieldResolver()
  unavailable(@Root() list: InvoiceList): readonly BillingSource[] {
    return [...list.failures.keys()]
  }
}
