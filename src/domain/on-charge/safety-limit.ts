import { compareDecimals, divideDecimals, multiplyDecimals } from '../decimal.js'
import { addMoney, type Money, toMoney } from '../money.js'
import type { YearMonth } from '../period.js'

/** Months that are looked at. */
const MONTHS = 6

/**
 * A total beyond which a month is unusual: a multiple of the median of what was charged for the last six months before it. Null when
 * none was charged.
 */
export function usualLimit(
  charged: ReadonlyMap<YearMonth, Money>,
  month: YearMonth,
  currency: string,
  factor: number,
): Money | null {
  const before = [...charged].filter(([one, amount]) => one < month && amount.currency === currency)
  const last = before
    .sort(([left], [right]) => (left < right ? 1 : -1))
    .slice(0, MONTHS)
    .map(([, amount]) => amount)
    .sort(compareDecimals)
  const [low, high] = [last[Math.floor((last.length - 1) / 2)], last[Math.floor(last.length / 2)]]
  if (!low || !high) return null
  const median = divideDecimals(addMoney(low, high), { digits: 2n, scale: 0 }, 2)
  return sizeOf(toMoney(multiplyDecimals(median, { digits: BigInt(factor), scale: 0 }), currency))
}

/** True when the total, or the credit, is larger than the limit. */
export function isBeyond(total: Money, limit: Money | null): boolean {
  return limit !== null && compareDecimals(sizeOf(total), limit) > 0
}

function sizeOf(amount: Money): Money {
  return amount.digits < 0n ? { ...amount, digits: -amount.digits } : amount
}
