import type { Invoice, InvoiceState } from './invoice.js'
import type { YearMonth } from './period.js'
import type { BillingSource } from './source.js'

/** A filter for invoices. Null matches every invoice. */
export interface InvoiceFilter {
  readonly sources: readonly BillingSource[]
  readonly states: readonly InvoiceState[] | null
  /** First month, inclusive. */
  readonly from: YearMonth | null
  /** Last month, inclusive. */
  readonly to: YearMonth | null
  readonly buyer: { readonly source: BillingSource; readonly nativeId: string } | null
  /** 3scale's friendly id; `*` matches any characters. */
  readonly number: string | null
}

/** True when the invoice matches every member of the filter. */
export function matchesFilter(invoice: Invoice, filter: InvoiceFilter): boolean {
  const { month } = invoice.period
  return (
    filter.sources.includes(invoice.source) &&
    (filter.states === null || filter.states.includes(invoice.state)) &&
    (filter.from === null || month >= filter.from) &&
    (filter.to === null || month <= filter.to) &&
    (filter.buyer === null ||
      (filter.buyer.source === invoice.source && filter.buyer.nativeId === invoice.buyer.nativeId)) &&
    (filter.number === null || matchesNumber(invoice.number, filter.number))
  )
}

function matchesNumber(number: string | null, pattern: string): boolean {
  if (number === null) return false
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return number === pattern
  let at = first.length
  if (!number.startsWith(first)) return false
  for (const part of rest.slice(0, -1)) {
    const found = number.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  const last = rest.at(-1) ?? ''
  return number.length - last.length >= at && number.endsWith(last)
}
