import { startOfMonth } from './time.js'

/** Month of an invoice computed by a jsonfile server. */
export interface MonthPeriod {
  readonly start: Date
  /** First instant after the month. */
  readonly end: Date
}

/** Rule of odoo: the bill date (`YYYY-MM-DD`) is between the days of `start` and `end` inclusive. Times are ignored. */
export function isBilledBetween(billDate: string, start: Date, end: Date): boolean {
  return billDate >= start.toISOString().slice(0, 10) && billDate <= end.toISOString().slice(0, 10)
}

/**
 * Rule of jsonfile, newest first: always the month before the month of `end`; then each earlier month while `start` is
 * before the start of the last one.
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
