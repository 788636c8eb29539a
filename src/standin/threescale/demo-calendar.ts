/** Day in milliseconds. */
export const dayMs = 24 * 60 * 60 * 1000

/** The last `count` months up to the month of `now`, oldest first, as `YYYY-MM`. UTC, like the server's own dates. */
export function monthsUpTo(now: Date, count: number): readonly string[] {
  const shown = Array.from({ length: count }, (_, back) =>
    formatMonth(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))),
  )
  return shown.reverse()
}

/** First instant of a month, in UTC. */
export function monthStart(month: string): Date {
  return new Date(`${month}-01T00:00:00Z`)
}

/** First instant of the next month, in UTC. */
export function monthEnd(month: string): Date {
  const start = monthStart(month)
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1))
}

/** Number of days of a month. */
export function daysIn(month: string): number {
  return (monthEnd(month).getTime() - monthStart(month).getTime()) / dayMs
}

/** Month as `YYYY-MM`, in UTC. */
export function formatMonth(instant: Date): string {
  return instant.toISOString().slice(0, 7)
}

/** Date as `YYYY-MM-DD`, in UTC. */
export function formatDate(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

/** Earlier of two instants. */
export function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}

/** Instant `ms` milliseconds later. */
export function after(instant: Date, durationMs: number): Date {
  return new Date(instant.getTime() + durationMs)
}

/** Description of a cost by the billing job: `March  4, 2024 ( 0:00) - March 31, 2024 (23:59)`. */
export function describePeriod(month: string, firstDay = 1): string {
  return `${englishDate(month, firstDay, ' ')} ( 0:00) - ${englishDate(month, daysIn(month), ' ')} (23:59)`
}

/** Description of a change of plan by the billing job: `March 04, 2024 - March 31, 2024`. */
export function describeChange(month: string, firstDay: number): string {
  return `${englishDate(month, firstDay, '0')} - ${englishDate(month, daysIn(month), '0')}`
}

/** Created once, since creating one takes as long as formatting a hundred dates. */
const monthName = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' })

function englishDate(month: string, day: number, filler: string): string {
  return `${monthName.format(monthStart(month))} ${String(day).padStart(2, filler)}, ${month.slice(0, 4)}`
}
