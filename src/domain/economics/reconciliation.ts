import type { ExchangeRate } from '../customer-registry.js'
import type { Invoice } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import { type Money, subtractMoney, sumMoney, zeroMoney } from '../money.js'
import type { YearMonth } from '../period.js'
import type { Difference } from './difference.js'
import { exchange } from './exchange.js'
import { gapsOfCost, gapsOfRevenue, type MarginGap, sortGaps } from './margin.js'
import type { MonthCost } from './month-cost.js'
import { toOnCharged } from './on-charge-differences.js'
import { onChargeMarkerOf } from './on-charge-marker.js'
import { isUnissued, type RevenuePart, revenueOfMonth, revenueParts, type ServiceMonths } from './revenue.js'

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
  /** The lines that the cost is the sum of; `[]` if they are not known. */
  readonly costLines: readonly LineItem[]
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
  { month, costLines, exchangeRates }: ReconciliationParts,
): Omit<CustomerFigures, 'cost' | 'gaps'> {
  const lines = parts.flatMap(part => part.lines)
  const [marked, unmarked] = byMarker(lines)
  const onCharged = sumMoney(netsOf(marked), currency)
  const convert = (amount: Money): Money | null => exchange(amount, currency, month, exchangeRates)?.amount ?? null
  const converted = cost && convert(cost)
  const fromCost =
    cost === null
      ? []
      : converted
        ? toOnCharged(converted, { costLines, marked, unmarked, onCharged, convert })
        : [foreign(cost)]
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

/** From what was on-charged to what was billed, for one invoice. */
function toBilled({ invoice, amount, lines }: RevenuePart): readonly Difference[] {
  const { currency } = amount.net
  const sum = sumMoney(netsOf(lines), currency)
  const [, unmarked] = byMarker(lines)
  const message = `${unmarked.length === 1 ? '1 line has' : `${unmarked.length} lines have`} no on-charge marker.`
  return [
    { cause: 'FOREIGN_LINES', amount: sumMoney(netsOf(unmarked), currency), invoice, message },
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

/** The lines with an on-charge marker, and those without. */
function byMarker(lines: readonly LineItem[]): readonly [readonly LineItem[], readonly LineItem[]] {
  const isMarked = (line: LineItem) => onChargeMarkerOf(line) !== null
  return [lines.filter(isMarked), lines.filter(line => !isMarked(line))]
}

function netsOf(lines: readonly LineItem[]): readonly Money[] {
  return lines.map(({ cost }) => cost.net)
}

function sumOf(parts: readonly RevenuePart[], currency: string): Money {
  return sumMoney(
    parts.map(({ amount }) => amount.net),
    currency,
  )
}
