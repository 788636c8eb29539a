/** Instant of the server's clock, which is UTC. */
export interface Instant {
  readonly date: Date
  /** Whether the server took it from its clock. It is then printed with microseconds. */
  readonly isNow: boolean
}

const INPUT =
  /^(\d{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12]\d|0[1-9]|[1-9])(?:T(2[0-3]|[01]\d|\d):([0-5]\d|\d):([0-5]\d|\d))?$/

/**
 * Parses the instant in a query: `2026-10-01`, `2026-9-1` or `2026-10-01T00:00:00`, as UTC. Returns `undefined` for
 * anything else: zones, fractions, a blank in place of the `T`, days that do not exist.
 */
export function parseInstant(text: string): Date | undefined {
  const match = INPUT.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(part => Number(part ?? 0))
  if (year < 1 || day < 1) return undefined
  const date = utc(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  return date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? date : undefined
}

/** Instant as `2026-10-01 00:00:00`, with six more digits if taken from the clock. */
export function formatInstant({ date, isNow }: Instant): string {
  const [day = '', time = ''] = date.toISOString().split('T')
  const seconds = `${day} ${time.slice(0, 8)}`
  // A Date has milliseconds only. The last three digits are fixed, since a real clock hardly ever prints zeros.
  return isNow ? `${seconds}.${time.slice(9, 12)}874` : seconds
}

/** Date as `YYYY-MM-DD`, in UTC. */
export function formatDate(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** Instant in Keystone's format, in whole seconds: `2026-11-21T09:14:03.000000Z`. */
export function formatKeystoneTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}.000000Z`
}

/** First instant of the UTC month of `date`, or of the month that is `months` later. */
export function startOfMonth(date: Date, months = 0): Date {
  return utc(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
}

/** First instant of the UTC day of `date`. */
export function startOfDay(date: Date): Date {
  return utc(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
}

// Date.UTC reads years 0 to 99 as 1900 to 1999.
function utc(year: number, month: number, day: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  return date
}
