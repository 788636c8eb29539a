import { earliest, type Period, toPeriod, type YearMonth } from '../period.js'
import { sumTaxedMoney, type TaxedMoney } from '../taxed-money.js'

/**
 * What is known of a month's amount. CLOSED: final. RUNNING: so far. NO_BILL: no document covers the month. STALE: older data,
 * because the upstream failed. UNAVAILABLE: the upstream failed, or a document is incomplete. MIXED_CURRENCIES: documents in several
 * currencies, which are never added.
 */
export type MonthState = 'CLOSED' | 'RUNNING' | 'NO_BILL' | 'STALE' | 'UNAVAILABLE' | 'MIXED_CURRENCIES'

/** The amount of one month of a series. Every month of the range has one; a month that is not known has no amount, never a zero. */
export interface MonthlyAmount {
  readonly period: Period
  /** Null unless it is known. */
  readonly amount: TaxedMoney | null
  readonly state: MonthState
  /** When the upstreams returned the data, the earliest of several; null without an amount. RFC 3339, UTC. */
  readonly asOf: string | null
}

/** An amount, and what is known of the document that states it. */
export interface DatedAmount {
  readonly amount: TaxedMoney
  readonly asOf: string
  readonly stale: boolean
}

/** A month without an amount. */
export function unknownAmount(
  month: YearMonth,
  state: Exclude<MonthState, 'CLOSED' | 'RUNNING' | 'STALE'>,
): MonthlyAmount {
  return { period: toPeriod(month), amount: null, state, asOf: null }
}

/** The sum of a month's documents. Old data makes the whole sum STALE, also in the running month. */
export function sumOfMonth(month: YearMonth, parts: readonly DatedAmount[], isRunning: boolean): MonthlyAmount {
  const [first, ...rest] = parts
  if (!first) return unknownAmount(month, 'NO_BILL')
  const { currency } = first.amount.net
  if (rest.some(({ amount }) => amount.net.currency !== currency)) return unknownAmount(month, 'MIXED_CURRENCIES')
  const isStale = parts.some(({ stale }) => stale)
  return {
    period: toPeriod(month),
    amount: sumTaxedMoney(
      parts.map(({ amount }) => amount),
      currency,
    ),
    state: isStale ? 'STALE' : isRunning ? 'RUNNING' : 'CLOSED',
    asOf: earliest([first.asOf, ...rest.map(({ asOf }) => asOf)]),
  }
}
