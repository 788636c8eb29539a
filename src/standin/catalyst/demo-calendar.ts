import type { MonthPeriod } from './range.js'
import { startOfDay, startOfMonth } from './time.js'

/** Month of the demo. `index` 0 is the oldest; the current month has the highest index, and ends with today. */
export interface DemoMonth extends MonthPeriod {
  readonly index: number
  /** Hours of the complete month, also of the current one. */
  readonly fullHours: number
}

/** Number of closed months at the start of the demo. */
const CLOSED_MONTHS = 14
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/**
 * The fourteen months before `since` and those from then on up to the current one, oldest first. Their indices do not
 * change as `now` advances, so past usage stays the same.
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
