import type { Invoice } from '../domain/invoice.js'
import type { InvoiceFilter } from '../domain/invoice-filter.js'
import type { InvoiceOrder } from '../domain/invoice-order.js'
import type { YearMonth } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'

/** One project's or tenant's invoices as an ordered stream, read only as far as it is consumed. */
export interface InvoiceSource {
  readonly source: BillingSource
  /** Those that fit the filter, in that order; months that come before `start` in it may be left out. */
  scan(filter: InvoiceFilter, order: InvoiceOrder, start: YearMonth | null): AsyncIterable<Invoice>
  /** How many fit the filter. */
  count(filter: InvoiceFilter, order: InvoiceOrder): Promise<number>
}
