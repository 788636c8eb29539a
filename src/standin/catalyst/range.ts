import { startOfMonth } from './time.js'

/** One month a jsonfile server computes an invoice for. */
export interface MonthPeriod {
  readonly start: Date
  /** The first instant after it. */
  readonly end: Date
}

/** The odoo rule: bill date (`YYYY-MM-DD`) on or between the days of `start` and `end`, whatever their time of day. */
export function isBilledBetween(billDate: string, start: Date, end: Date): boolean {
  return billDate >= start.toISOString().slice(0, 10) && billDate <= end.toISOString().slice(0, 10)
}

/**
 * The jsonfile rule: the month before the one that holds `end`, always; then the months before it
 * for as long as `start` is earlier than the border reached. Newest first.
 */
export function monthsBackFrom(end: Date, start: Date): readonly MonthPeriod[] {
  const months: MonthPeriod[] = []
  let border = startOfMonth(end)
  do {
    const period = { start: startOfMonth(border, -1), end: border }
    months.push(period)
    border = period.start
  } while (start < border)
  return months
}
