import type { ExchangeRate } from '../customer-registry.js'
import { type Decimal, divideDecimals } from '../decimal.js'
import { type Money, subtractMoney } from '../money.js'
import { earliest, type Period, toPeriod, type YearMonth } from '../period.js'
import { exchange } from './exchange.js'
import type { MonthCost } from './month-cost.js'
import type { MonthRevenue } from './revenue.js'

/** The cost that a margin counts. DIRECT: the customer's own lines. FULL: with its part of shared cost. */
export type CostScope = 'DIRECT' | 'FULL'

/** Reasons why there is no margin, in the order in which they are listed. */
const MARGIN_GAPS = [
  'NO_COST',
  'COST_RUNNING',
  'COST_INCOMPLETE',
  'UNALLOCATED',
  'NO_BUYER',
  'NO_REVENUE',
  'NOT_ISSUED',
  'WRITE_IN_DOUBT',
  'MIXED_CURRENCIES',
  'REGISTRY_GAP',
  'NOT_ALL_VISIBLE',
  'STALE',
  'UPSTREAM_DOWN',
] as const

/** A reason why there is no margin. */
export type MarginGap = (typeof MARGIN_GAPS)[number]

/** What a customer paid for a month less what it cost, both without tax. */
export interface Margin {
  readonly period: Period
  readonly costs: CostScope
  /** Null unless it is known and visible. */
  readonly revenue: Money | null
  /** The part of the revenue on paid invoices. */
  readonly collected: Money | null
  /** In the currency of the bill. */
  readonly cost: Money | null
  /** Revenue less cost, in the currency of the revenue; null while there are gaps. */
  readonly amount: Money | null
  /** `amount` as a fraction of the revenue, with six decimal places; null while there are gaps, and without revenue. */
  readonly rate: Decimal | null
  /** Converts the cost to the currency of the revenue; null when both are the same. */
  readonly exchangeRate: Decimal | null
  /** Empty when the margin is known. */
  readonly gaps: readonly MarginGap[]
  /** The earliest of cost and revenue; null without either. */
  readonly asOf: string | null
}

/** An invoice with a write of which it is not known whether it took effect. */
export interface InvoiceDoubt {
  /** As 3scale has it. */
  readonly invoiceId: string
  /** True for an on-charged line item, which can belong to any month of service. */
  readonly isOnCharge: boolean
}

/** What a margin is computed from. */
export interface MarginParts {
  readonly month: YearMonth
  readonly costs: CostScope
  /** Null when it is not visible, or not defined. */
  readonly cost: MonthCost | null
  /** Null when it is not visible, or not defined. */
  readonly revenue: MonthRevenue | null
  /** Gaps that are not visible in cost and revenue. */
  readonly gaps: readonly MarginGap[]
  readonly exchangeRates: readonly ExchangeRate[]
}

/** Decimal places of a rate. */
const RATE_SCALE = 6

/** Revenue less cost, or the reasons why it is not known. */
export function marginOf(parts: MarginParts): Margin {
  const { month, cost, revenue } = parts
  const billed = revenue?.amount?.net ?? null
  const spent = cost?.amount?.net ?? null
  const exchanged = billed && spent && exchange(spent, billed.currency, month, parts.exchangeRates)
  const found = new Set<MarginGap>([...parts.gaps, ...gapsOfCost(cost), ...gapsOfRevenue(revenue)])
  if (billed && spent && !exchanged) found.add('MIXED_CURRENCIES')
  const gaps = sortGaps(found)
  const amount = billed && exchanged && gaps.length === 0 ? subtractMoney(billed, exchanged.amount) : null
  return {
    period: toPeriod(month),
    costs: parts.costs,
    revenue: billed,
    collected: revenue?.collected ?? null,
    cost: spent,
    amount,
    rate: amount && billed && billed.digits !== 0n ? divideDecimals(amount, billed, RATE_SCALE) : null,
    exchangeRate: exchanged?.rate ?? null,
    gaps,
    asOf: earliestOf([cost?.asOf, revenue?.asOf]),
  }
}

/** The gaps without repetition, in the order of the enumeration. */
export function sortGaps(gaps: Iterable<MarginGap>): readonly MarginGap[] {
  const found = new Set(gaps)
  return MARGIN_GAPS.filter(gap => found.has(gap))
}

/** Why a cost is not good for a margin; `[]` when it is final. */
export function gapsOfCost(cost: MonthCost | null): readonly MarginGap[] {
  if (cost === null) return []
  if (cost.isIncomplete) return ['COST_INCOMPLETE']
  switch (cost.state) {
    case 'CLOSED':
      return []
    case 'RUNNING':
      return ['COST_RUNNING']
    case 'NO_BILL':
      return ['NO_COST']
    case 'STALE':
    case 'MIXED_CURRENCIES':
      return [cost.state]
    case 'UNAVAILABLE':
      return ['UPSTREAM_DOWN']
  }
}

/** Why a revenue is not good for a margin; `[]` when it is final. In the running month the cost is the gap. */
export function gapsOfRevenue(revenue: MonthRevenue | null): readonly MarginGap[] {
  if (revenue === null) return []
  const unissued: readonly MarginGap[] = revenue.hasUnissued ? ['NOT_ISSUED'] : []
  switch (revenue.state) {
    case 'CLOSED':
    case 'RUNNING':
      return unissued
    case 'NO_BILL':
      return ['NO_REVENUE']
    case 'STALE':
    case 'MIXED_CURRENCIES':
      return [...unissued, revenue.state]
    case 'UNAVAILABLE':
      return ['UPSTREAM_DOWN']
  }
}

function earliestOf(instants: readonly (string | null | undefined)[]): string | null {
  const [first, ...rest] = instants.filter(instant => instant != null)
  return first === undefined ? null : earliest([first, ...rest])
}
