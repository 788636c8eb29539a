import { addMonths, monthsBetween, type YearMonth } from '../../domain/period.js'

/** Consecutive months, both ends included. */
export type MonthRange = readonly [from: YearMonth, to: YearMonth]

/** A longer range is read in parts: a server would compute it for minutes. */
const MAX_RANGE_MONTHS = 120

/**
 * As few ranges as cover the months: one, or several where it would be too long, too wide a gap, or hold a month to avoid.
 *
 * @param months ascending
 * @param maxGap how many months apart two may be in one range
 * @param mustAvoid true for a month that no range may hold
 */
export function toMonthRanges(
  months: readonly YearMonth[],
  maxGap: number,
  mustAvoid: (month: YearMonth) => boolean,
): readonly MonthRange[] {
  const runs: YearMonth[][] = []
  for (const month of months) {
    const last = runs.at(-1)?.at(-1)
    const isApart =
      last === undefined || monthsBetween(last, month) > maxGap || monthsWithin(last, month).some(mustAvoid)
    if (isApart) runs.push([month])
    else runs.at(-1)?.push(month)
  }
  return runs.flatMap(run => {
    const parts = splitRange(run[0] ?? '', run.at(-1) ?? '')
    return parts.filter(([from, to]) => run.some(month => month >= from && month <= to))
  })
}

/** The months between two, neither of them included. */
function monthsWithin(from: YearMonth, to: YearMonth): readonly YearMonth[] {
  return Array.from({ length: Math.max(0, monthsBetween(from, to) - 1) }, (_, index) => addMonths(from, index + 1))
}

function splitRange(from: YearMonth, to: YearMonth): readonly MonthRange[] {
  const last = addMonths(from, MAX_RANGE_MONTHS - 1)
  if (monthsBetween(from, to) < MAX_RANGE_MONTHS) return [[from, to]]
  return [[from, last], ...splitRange(addMonths(last, 1), to)]
}
