import { compareDecimals, type Decimal } from './decimal.js'
import type { CreationType, Invoice, InvoiceState } from './invoice.js'
import type { LocalDate, YearMonth } from './period.js'
import type { BillingSource } from './source.js'

/** Days from the first to the last, both included. Null leaves that end open. */
export interface DateRange {
  readonly from: LocalDate | null
  readonly to: LocalDate | null
}

/** Amounts from the least to the greatest, both included. Null leaves that end open. */
export interface AmountRange {
  readonly min: Decimal | null
  readonly max: Decimal | null
}

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
  /** The total with tax, in whatever currency. An invoice without such a total does not match. */
  readonly amount: AmountRange | null
  /** ISO 4217 code. */
  readonly currency: string | null
  /** A part of the buyer's name, in upper or lower case. A buyer without a name does not match. */
  readonly buyerName: string | null
  readonly creationTypes: readonly CreationType[] | null
  readonly issued: DateRange | null
  readonly due: DateRange | null
  /** The day of payment in UTC. */
  readonly paid: DateRange | null
  /** Whether the invoice is to be overdue on that day, or is not to be. */
  readonly overdue: { readonly on: LocalDate; readonly wanted: boolean } | null
}

/** The filter that every invoice matches. */
export const ALL_INVOICES: InvoiceFilter = {
  sources: ['CATALYST', 'THREESCALE'],
  states: null,
  from: null,
  to: null,
  buyer: null,
  number: null,
  amount: null,
  currency: null,
  buyerName: null,
  creationTypes: null,
  issued: null,
  due: null,
  paid: null,
  overdue: null,
}

/** The systems whose invoices can match: Catalyst's have no number, creation type, due date or time of payment. */
export function matchingSources(filter: InvoiceFilter): readonly BillingSource[] {
  const { states, creationTypes, number, due, paid, overdue, sources, buyer } = filter
  if (states?.length === 0 || creationTypes?.length === 0) return []
  const isThreescaleOnly = [number, creationTypes, due, paid].some(one => one !== null) || overdue?.wanted === true
  return sources.filter(
    source => (source === 'THREESCALE' || !isThreescaleOnly) && (buyer === null || buyer.source === source),
  )
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
    (filter.number === null || matchesNumber(invoice.number, filter.number)) &&
    matchesDetails(invoice, filter)
  )
}

/** True when the filter has members that no billing system filters by. */
export function hasDetails(filter: InvoiceFilter): boolean {
  const { amount, currency, buyerName, creationTypes, issued, due, paid, overdue } = filter
  return [amount, currency, buyerName, creationTypes, issued, due, paid, overdue].some(one => one !== null)
}

/** True when the invoice is issued, not paid in full, and its due date is before that day. */
export function isOverdue({ state, dueOn }: Invoice, on: LocalDate): boolean {
  return (state === 'UNPAID' || state === 'PENDING' || state === 'FAILED') && dueOn !== null && dueOn < on
}

function matchesDetails(invoice: Invoice, filter: InvoiceFilter): boolean {
  const { amount, currency, buyerName, creationTypes, issued, due, paid, overdue } = filter
  return (
    (amount === null || isWithinAmounts(invoice.total.gross, amount)) &&
    (currency === null || invoice.total.net.currency === currency) &&
    (buyerName === null || (invoice.buyer.name?.toLowerCase().includes(buyerName.toLowerCase()) ?? false)) &&
    (creationTypes === null || (invoice.creationType !== null && creationTypes.includes(invoice.creationType))) &&
    (issued === null || isWithinDays(invoice.issuedOn, issued)) &&
    (due === null || isWithinDays(invoice.dueOn, due)) &&
    (paid === null || isWithinDays(invoice.paidAt?.slice(0, 10) ?? null, paid)) &&
    (overdue === null || isOverdue(invoice, overdue.on) === overdue.wanted)
  )
}

function isWithinAmounts(amount: Decimal | null, { min, max }: AmountRange): boolean {
  if (amount === null) return false
  return (min === null || compareDecimals(amount, min) >= 0) && (max === null || compareDecimals(amount, max) <= 0)
}

function isWithinDays(day: LocalDate | null, { from, to }: DateRange): boolean {
  return day !== null && (from === null || day >= from) && (to === null || day <= to)
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
