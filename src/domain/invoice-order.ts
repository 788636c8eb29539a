import type { Invoice } from './invoice.js'
import { isLocalDate, isYearMonth, type YearMonth } from './period.js'
import type { BillingSource } from './source.js'

/** Newest or oldest period first. */
export type InvoiceOrder = 'PERIOD_DESC' | 'PERIOD_ASC'

/**
 * The sort key of an invoice among the invoices of both sources: month, source, bill date or id, compared as text.
 * It depends on the invoice alone, so a page that starts after a key stays correct when invoices are added.
 */
export type InvoiceKey = string

/** Within a month Catalyst's bills come before 3scale's when the newest come first. */
const SOURCE_RANK: Readonly<Record<BillingSource, string>> = { CATALYST: '2', THREESCALE: '1' }

/** The sort key of an invoice. The newer of two invoices has the greater key. */
export function invoiceKey(invoice: Pick<Invoice, 'source' | 'period' | 'nativeId'>): InvoiceKey {
  const [month, rank] = [invoice.period.month, SOURCE_RANK[invoice.source]]
  if (invoice.source === 'THREESCALE') return `${month}|${rank}|${invoice.nativeId.padStart(19, '0')}`
  const [project = '', billDate = ''] = invoice.nativeId.split('/')
  return `${month}|${rank}|${billDate}|${project}`
}

const KEY = /^(.{7})\|(?:1\|\d{19}|2\|(.{10})\|[A-Za-z0-9_-]{1,64})$/

/** True for text that `invoiceKey` can return. */
export function isInvoiceKey(text: string): text is InvoiceKey {
  const [, month = '', billDate] = KEY.exec(text) ?? []
  return isYearMonth(month) && (billDate === undefined || isLocalDate(billDate))
}

/** The month of a key. */
export function monthOfKey(key: InvoiceKey): YearMonth {
  return key.slice(0, 7)
}

/** Negative when `left` comes first in that order. */
export function compareKeys(left: InvoiceKey, right: InvoiceKey, order: InvoiceOrder): number {
  const [first, second] = order === 'PERIOD_ASC' ? [left, right] : [right, left]
  return first < second ? -1 : first > second ? 1 : 0
}

/** The invoices in that order, as a new list. */
export function sortInvoices(invoices: readonly Invoice[], order: InvoiceOrder): Invoice[] {
  const keyed = invoices.map(invoice => ({ invoice, key: invoiceKey(invoice) }))
  return keyed.sort((left, right) => compareKeys(left.key, right.key, order)).map(({ invoice }) => invoice)
}

/** The opposite order. */
export function reverseOrder(order: InvoiceOrder): InvoiceOrder {
  return order === 'PERIOD_DESC' ? 'PERIOD_ASC' : 'PERIOD_DESC'
}
