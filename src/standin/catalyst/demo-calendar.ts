import type { MonthPeriod } from './range.js'
import { startOfDay, startOfMonth } from './time.js'

/** A month of the demo. `index` 0 is the oldest; the running one has the greatest, and ends with the day of today. */
export interface DemoMonth extends MonthPeriod {
  readonly index: number
  /** Of the whole month, however much of it has passed. */
  readonly fullHours: number
}

/** Closed months when the demo is started. */
const CLOSED_MONTHS = 14
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/**
 * The fourteen months before `since`, oldest first, and those from then on up to the running one. They keep their
 * indices while `now` moves on, so that what has happened in them stays.
 */
export function demoMonths(since: Date, now: Date): readonly DemoMonth[] {
  const months: DemoMonth[] = []
  const tomorrow = startOfDay(now).getTime() + DAY_MS
  for (let index = 0; ; index += 1) {
    const start = startOfMonth(since, index - CLOSED_MONTHS)
    if (start > now) return months
    const next = startOfMonth(start, 1)
    const end = new Date(Math.min(next.getTime(), tomorrow))
    months.push({ index, start, end, fullHours: (next.getTime() - start.getTime()) / HOUR_MS })
  }
}
