import type { ExchangeRate } from '../customer-registry.js'
import { type Decimal, multiplyDecimals } from '../decimal.js'
import { type Money, roundToCents, toMoney } from '../money.js'
import type { YearMonth } from '../period.js'

/** An amount in another currency, and the rate that converted it. */
export interface Exchanged {
  /** Rounded to cents; the amount itself when the currencies are equal. */
  readonly amount: Money
  /** Null when the currencies are equal. */
  readonly rate: Decimal | null
}

/**
 * The amount in another currency, at the registry's rate of that month and that direction. Null when the registry has no such rate:
 * neither another month's rate nor the inverse of the opposite one is used.
 */
export function exchange(
  amount: Money,
  to: string,
  month: YearMonth,
  rates: readonly ExchangeRate[],
): Exchanged | null {
  if (amount.currency === to) return { amount, rate: null }
  const found = rates.find(one => one.month === month && one.from === amount.currency && one.to === to)
  if (!found) return null
  return { amount: roundToCents(toMoney(multiplyDecimals(amount, found.rate), to)), rate: found.rate }
}
