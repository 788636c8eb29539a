import { type Decimal, rescaled, roundDecimal } from './decimal.js'
import type { Invoice } from './invoice.js'
import { isLocalDate, isYearMonth, type YearMonth } from './period.js'
import type { BillingSource } from './source.js'

/** What an invoice list is ordered by. */
type SortValue = 'PERIOD' | 'AMOUNT' | 'ISSUED' | 'DUE'

/** The order of an invoice list: newest period, highest amount, or latest date first (DESC) or last (ASC). */
export type InvoiceOrder = `${SortValue}_${'DESC' | 'ASC'}`

/**
 * The sort key of an invoice among the invoices of both sources, compared as text: month, source, bill date or id, and before
 * these the value that the list is ordered by, unless that is the period. It depends on the invoice alone, so a page that starts
 * after a key stays correct when invoices are added.
 */
export type InvoiceKey = string

/** What a key depends on. */
export type KeyedInvoice = Pick<Invoice, 'source' | 'period' | 'nativeId' | 'total' | 'issuedOn' | 'dueOn'>

/** Within a month Catalyst's bills come before 3scale's when the newest come first. */
const SOURCE_RANK: Readonly<Record<BillingSource, string>> = { CATALYST: '2', THREESCALE: '1' }

/** The sort key of an invoice in that order and its reverse. The first of two invoices in descending order has the greater key. */
export function invoiceKey(invoice: KeyedInvoice, order: InvoiceOrder): InvoiceKey {
  const value = sortValueOf(order)
  if (value === 'PERIOD') return periodKey(invoice)
  return `${value === 'AMOUNT' ? amountText(invoice.total.gross) : dateText(invoice, value)}~${periodKey(invoice)}`
}

function periodKey(invoice: KeyedInvoice): InvoiceKey {
  const [month, rank] = [invoice.period.month, SOURCE_RANK[invoice.source]]
  if (invoice.source === 'THREESCALE') return `${month}|${rank}|${invoice.nativeId.padStart(19, '0')}`
  const [project = '', billDate = ''] = invoice.nativeId.split('/')
  return `${month}|${rank}|${billDate}|${project}`
}

/** Digits of an amount in a key, six of them decimal places. Amounts that differ further behind are ordered by period. */
const AMOUNT_DIGITS = 30
const AMOUNT_SCALE = 6
const HIGHEST_AMOUNT = 10n ** BigInt(AMOUNT_DIGITS) / 2n - 1n

/** The amount as text of one length that is ordered like it; text before that of any amount where there is none. */
function amountText(amount: Decimal | null): string {
  if (amount === null) return '-'
  const digits = rescaled(roundDecimal(amount, AMOUNT_SCALE, 'HALF_EVEN'), AMOUNT_SCALE)
  const bounded = digits > HIGHEST_AMOUNT ? HIGHEST_AMOUNT : digits < -HIGHEST_AMOUNT ? -HIGHEST_AMOUNT : digits
  // Shifted, so that negative amounts are text in ascending order too.
  return (bounded + HIGHEST_AMOUNT).toString().padStart(AMOUNT_DIGITS, '0')
}

/** The date; text before that of any date where there is none. */
function dateText({ issuedOn, dueOn }: KeyedInvoice, value: 'ISSUED' | 'DUE'): string {
  return (value === 'ISSUED' ? issuedOn : dueOn) ?? '-'
}

const PERIOD_KEY = /^(.{7})\|(?:1\|\d{19}|2\|(.{10})\|[A-Za-z0-9_-]{1,64})$/

/** True for text that `invoiceKey` can return for that order. */
export function isInvoiceKey(text: string, order: InvoiceOrder): text is InvoiceKey {
  const value = sortValueOf(order)
  if (value === 'PERIOD') return isPeriodKey(text)
  const [prefix = '', rest = '', ...more] = text.split('~')
  const isValue = value === 'AMOUNT' ? /^\d{30}$/.test(prefix) : isLocalDate(prefix)
  return more.length === 0 && (prefix === '-' || isValue) && isPeriodKey(rest)
}

function isPeriodKey(text: string): boolean {
  const [, month = '', billDate] = PERIOD_KEY.exec(text) ?? []
  return isYearMonth(month) && (billDate === undefined || isLocalDate(billDate))
}

/** The month of a key; null when the list is not ordered by period. */
export function startMonth(key: InvoiceKey, order: InvoiceOrder): YearMonth | null {
  return isByPeriod(order) ? key.slice(0, 7) : null
}

/** Negative when `left` comes first in that order. */
export function compareKeys(left: InvoiceKey, right: InvoiceKey, order: InvoiceOrder): number {
  const [first, second] = isDescending(order) ? [right, left] : [left, right]
  return first < second ? -1 : first > second ? 1 : 0
}

/** The invoices in that order, as a new list. */
export function sortInvoices(invoices: readonly Invoice[], order: InvoiceOrder): Invoice[] {
  const keyed = invoices.map(invoice => ({ invoice, key: invoiceKey(invoice, order) }))
  return keyed.sort((left, right) => compareKeys(left.key, right.key, order)).map(({ invoice }) => invoice)
}

/** The opposite order. */
export function reverseOrder(order: InvoiceOrder): InvoiceOrder {
  return `${sortValueOf(order)}_${isDescending(order) ? 'ASC' : 'DESC'}`
}

/** True for the orders that billing systems can sort by themselves. */
export function isByPeriod(order: InvoiceOrder): order is 'PERIOD_DESC' | 'PERIOD_ASC' {
  return sortValueOf(order) === 'PERIOD'
}

/** True when the greatest key comes first. */
export function isDescending(order: InvoiceOrder): boolean {
  return order.endsWith('_DESC')
}

function sortValueOf(order: InvoiceOrder): SortValue {
  return order.slice(0, order.lastIndexOf('_')) as SortValue
}
