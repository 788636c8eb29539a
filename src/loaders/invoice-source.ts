import type { Invoice } from '../domain/invoice.js'
import type { InvoiceOrder } from '../domain/invoice-order.js'
import type { YearMonth } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'

/** The invoices of one project or tenant that match a filter, as an ordered stream that is read only as far as it is consumed. */
export interface InvoiceSource {
  readonly source: BillingSource
  /** The invoices in that order. Months before `start` may be left out; null leaves out none. It is null unless the order is by period. */
  scan(order: InvoiceOrder, start: YearMonth | null): AsyncIterable<Invoice>
  /** The number of invoices. */
  count(order: InvoiceOrder): Promise<number>
  /** All invoices in any order, each with the total that a page shows of it. */
  all(order: InvoiceOrder): AsyncIterable<Invoice>
}
