import type { Invoice, InvoiceState } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import { type Money, subtractMoney, sumMoney } from '../money.js'
import type { YearMonth } from '../period.js'
import { sumTaxedMoney, type TaxedMoney } from '../taxed-money.js'
import { type MonthlyAmount, sumOfMonth } from './monthly-amount.js'
import { onChargeMarkerOf } from './on-charge-marker.js'

/** The months of service of on-charged lines, by marker. A line without an entry belongs to the period of its invoice. */
export type ServiceMonths = ReadonlyMap<string, YearMonth>

/** The part of an invoice that belongs to a month. */
export interface RevenuePart {
  readonly invoice: Invoice
  readonly amount: TaxedMoney
  /** The invoice's lines of that month. */
  readonly lines: readonly LineItem[]
}

/** The revenue of a month. */
export interface MonthRevenue extends MonthlyAmount {
  /** The part on paid invoices, without tax; null without an amount. */
  readonly collected: Money | null
  /** True when an invoice is not issued yet, or in a state that the gateway does not recognise. */
  readonly hasUnissued: boolean
}

const UNISSUED: ReadonlySet<InvoiceState> = new Set(['OPEN', 'FINALIZED', 'UNKNOWN'])

/** True for an invoice that may still change before it is issued. */
export function isUnissued({ state }: Pick<Invoice, 'state'>): boolean {
  return UNISSUED.has(state)
}

/**
 * What belongs to a month of service, by invoice: the invoice's stated total without the lines of other months, and the lines of this
 * month on invoices of other periods. Cancelled invoices are left out.
 */
export function revenueParts(
  invoices: readonly Invoice[],
  month: YearMonth,
  serviceMonths: ServiceMonths,
): readonly RevenuePart[] {
  return invoices
    .filter(({ state }) => state !== 'CANCELLED')
    .flatMap(invoice => partIn(invoice, month, serviceMonths) ?? [])
}

/**
 * The revenue of a month, from a customer's invoices. It is final when every invoice is issued and the month is over.
 *
 * @param now the running month
 * @param states counts invoices in these states only; null counts all that are not cancelled
 */
export function revenueOfMonth(
  invoices: readonly Invoice[],
  month: YearMonth,
  now: YearMonth,
  serviceMonths: ServiceMonths,
  states: readonly InvoiceState[] | null = null,
): MonthRevenue {
  const parts = revenueParts(invoices, month, serviceMonths)
  const hasUnissued = parts.some(({ invoice }) => isUnissued(invoice))
  const counted = parts.map(({ invoice, amount }) => ({
    amount: states === null || states.includes(invoice.state) ? amount : nothingOf(amount),
    asOf: invoice.asOf,
    stale: invoice.stale,
  }))
  const sum = sumOfMonth(month, counted, month >= now || hasUnissued)
  const paid = parts.filter(({ invoice }) => invoice.state === 'PAID').map(({ amount }) => amount.net)
  return { ...sum, collected: sum.amount && sumMoney(paid, sum.amount.net.currency), hasUnissued }
}

function partIn(invoice: Invoice, month: YearMonth, serviceMonths: ServiceMonths): RevenuePart | null {
  const monthOfLine = (line: LineItem): YearMonth =>
    serviceMonths.get(onChargeMarkerOf(line) ?? '') ?? invoice.period.month
  const { true: lines = [], false: others = [] } = Object.groupBy(invoice.lineItems ?? [], line =>
    monthOfLine(line) === month ? 'true' : 'false',
  )
  const { total } = invoice
  const { currency } = total.net
  if (invoice.period.month !== month) {
    return lines.length === 0 ? null : { invoice, lines, amount: sumOf(lines, currency) }
  }
  return { invoice, lines, amount: others.length === 0 ? total : without(total, sumOf(others, currency)) }
}

function sumOf(lines: readonly LineItem[], currency: string): TaxedMoney {
  return sumTaxedMoney(
    lines.map(line => line.cost),
    currency,
  )
}

function without(total: TaxedMoney, part: TaxedMoney): TaxedMoney {
  return {
    net: subtractMoney(total.net, part.net),
    tax: total.tax && part.tax && subtractMoney(total.tax, part.tax),
    gross: total.gross && part.gross && subtractMoney(total.gross, part.gross),
    taxRate: total.taxRate,
    taxBasis: total.taxBasis === 'UNKNOWN' ? 'UNKNOWN' : 'COMPUTED',
  }
}

function nothingOf({ net }: TaxedMoney): TaxedMoney {
  return sumTaxedMoney([], net.currency)
}
