import type { ExchangeRate } from '../customer-registry.js'
import { compareDecimals, formatDecimal } from '../decimal.js'
import type { Invoice } from '../invoice.js'
import { type Money, subtractMoney, sumMoney, zeroMoney } from '../money.js'
import type { YearMonth } from '../period.js'
import { exchange } from './exchange.js'
import { gapsOfCost, gapsOfRevenue, type MarginGap, sortGaps } from './margin.js'
import type { MonthCost } from './month-cost.js'
import { onChargeMarkerOf } from './on-charge-marker.js'
import { isUnissued, type RevenuePart, revenueOfMonth, revenueParts, type ServiceMonths } from './revenue.js'

/** Why two figures of a reconciliation differ. */
export type DifferenceCause =
  | 'NOT_ON_CHARGED'
  | 'CHANGED_SINCE'
  | 'NOT_ISSUED'
  | 'NOT_PAID'
  | 'FOREIGN_LINES'
  | 'CURRENCY'
  | 'ROUNDING'

/** One step of the way from cost to payment. */
export interface Difference {
  readonly cause: DifferenceCause
  /** Added to the figure before it: negative for what is missing. With the cause CURRENCY, an amount that cannot be compared. */
  readonly amount: Money
  /** Null when no single invoice causes it. */
  readonly invoice: Invoice | null
  readonly message: string
}

/** What a customer cost in a month, what was on-charged, billed and paid, and why they differ. All without tax. */
export interface CustomerFigures {
  readonly cost: Money | null
  /** The lines with an on-charge marker. */
  readonly onCharged: Money | null
  /** All invoices that are not cancelled. */
  readonly billed: Money | null
  readonly paid: Money | null
  /** In one currency, cost plus all amounts is what was paid. */
  readonly differences: readonly Difference[]
  /** Why figures are missing or not final. */
  readonly gaps: readonly MarginGap[]
}

/** What a reconciliation is computed from. */
export interface ReconciliationParts {
  readonly month: YearMonth
  /** The running month. */
  readonly now: YearMonth
  /** Null when it is not visible, or not defined. */
  readonly cost: MonthCost | null
  /** All invoices of the customer's buyers; null when they are not visible, or not readable. */
  readonly invoices: readonly Invoice[] | null
  readonly serviceMonths: ServiceMonths
  readonly exchangeRates: readonly ExchangeRate[]
  /** Gaps that are not visible in cost and invoices. */
  readonly gaps: readonly MarginGap[]
}

/** Compares a customer's cost with its invoices. */
export function reconcile(given: ReconciliationParts): CustomerFigures {
  const { month, now, invoices, serviceMonths } = given
  const cost = given.cost?.amount?.net ?? null
  const revenue = invoices && revenueOfMonth(invoices, month, now, serviceMonths)
  const gaps = sortGaps([...given.gaps, ...gapsOfCost(given.cost), ...gapsOfRevenue(revenue)])
  const parts = invoices && revenueParts(invoices, month, serviceMonths)
  const currency = parts?.[0]?.amount.net.currency ?? cost?.currency
  if (parts === null || currency === undefined) return { ...NO_INVOICES, cost, gaps }
  if (parts.some(({ amount }) => amount.net.currency !== currency)) {
    return { ...NO_INVOICES, cost, gaps, differences: parts.map(incomparable) }
  }
  return { cost, gaps, ...compare(cost, parts, currency, given) }
}

const NO_INVOICES = { onCharged: null, billed: null, paid: null, differences: [] } as const

function compare(
  cost: Money | null,
  parts: readonly RevenuePart[],
  currency: string,
  { month, exchangeRates }: ReconciliationParts,
): Omit<CustomerFigures, 'cost' | 'gaps'> {
  const marked = parts.flatMap(({ lines }) => lines.filter(line => onChargeMarkerOf(line) !== null))
  const onCharged = sumMoney(
    marked.map(line => line.cost.net),
    currency,
  )
  const exchanged = cost && exchange(cost, currency, month, exchangeRates)
  const fromCost =
    cost === null ? [] : exchanged ? toOnCharged(exchanged.amount, onCharged, marked.length) : [foreign(cost)]
  return {
    onCharged,
    billed: sumOf(parts, currency),
    paid: sumOf(
      parts.filter(({ invoice }) => invoice.state === 'PAID'),
      currency,
    ),
    differences: [...fromCost, ...parts.flatMap(toBilled), ...parts.flatMap(toPaid)].filter(
      ({ amount }) => amount.digits !== 0n,
    ),
  }
}

/** From the cost to what was on-charged. */
function toOnCharged(cost: Money, onCharged: Money, lines: number): readonly Difference[] {
  const amount = subtractMoney(onCharged, cost)
  if (lines === 0) {
    return [{ cause: 'NOT_ON_CHARGED', amount, invoice: null, message: 'No line of an invoice on-charges this cost.' }]
  }
  // Each line is rounded by half a cent at most.
  const isRounding = compareDecimals(absolute(amount), { digits: BigInt(lines) * 5n, scale: 3 }) <= 0
  const message = isRounding
    ? 'The on-charged lines are rounded to cents.'
    : `The cost is ${textOf(cost)}, and ${textOf(onCharged)} was on-charged: it changed since, or a markup was added.`
  return [{ cause: isRounding ? 'ROUNDING' : 'CHANGED_SINCE', amount, invoice: null, message }]
}

/** From what was on-charged to what was billed, for one invoice. */
function toBilled({ invoice, amount, lines }: RevenuePart): readonly Difference[] {
  const { currency } = amount.net
  const sum = sumMoney(
    lines.map(line => line.cost.net),
    currency,
  )
  const unmarked = lines.filter(line => onChargeMarkerOf(line) === null).map(line => line.cost.net)
  const message = `${unmarked.length === 1 ? '1 line has' : `${unmarked.length} lines have`} no on-charge marker.`
  return [
    { cause: 'FOREIGN_LINES', amount: sumMoney(unmarked, currency), invoice, message },
    {
      cause: 'ROUNDING',
      amount: subtractMoney(amount.net, sum),
      invoice,
      message: 'The stated total differs from the sum of the lines.',
    },
  ]
}

/** From what was billed to what was paid, for one invoice. */
function toPaid({ invoice, amount }: RevenuePart): readonly Difference[] {
  if (invoice.state === 'PAID') return []
  const missing = subtractMoney(zeroMoney(amount.net.currency), amount.net)
  return isUnissued(invoice)
    ? [{ cause: 'NOT_ISSUED', amount: missing, invoice, message: 'The invoice is not issued.' }]
    : [{ cause: 'NOT_PAID', amount: missing, invoice, message: 'The invoice is not paid.' }]
}

function incomparable({ invoice, amount }: RevenuePart): Difference {
  const message = 'The invoices of the month are in several currencies, which are never added.'
  return { cause: 'CURRENCY', amount: amount.net, invoice, message }
}

function foreign(cost: Money): Difference {
  const message =
    'The cost is in another currency than the invoices, and the registry has no exchange rate for the month.'
  return { cause: 'CURRENCY', amount: cost, invoice: null, message }
}

function sumOf(parts: readonly RevenuePart[], currency: string): Money {
  return sumMoney(
    parts.map(({ amount }) => amount.net),
    currency,
  )
}

function absolute(amount: Money): Money {
  return amount.digits < 0n ? { ...amount, digits: -amount.digits } : amount
}

function textOf(amount: Money): string {
  return `${formatDecimal(amount)} ${amount.currency}`
}
