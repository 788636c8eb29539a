import { Temporal } from 'temporal-polyfill'

/** A calendar month, `YYYY-MM`; can be compared as text. */
export type YearMonth = string

/** A calendar day, `YYYY-MM-DD`; can be compared as text. It is never a `Date`, so that no time zone can shift it. */
export type LocalDate = string

/** The month that a document covers, as a half-open range of days. */
export interface Period {
  readonly month: YearMonth
  readonly start: LocalDate
  readonly endExclusive: LocalDate
}

/** True for `2026-10`, false for `2026-13`, `2026-1`, `26-10`. */
export function isYearMonth(text: string): text is YearMonth {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

/** True for an existing day in the form `2026-10-31`. */
export function isLocalDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** The first year with bills. Servers accept earlier days and compute for minutes. */
const FIRST_YEAR = '2000'

/** True for a month that can have a bill. */
export function isBillMonth(text: string): text is YearMonth {
  return isYearMonth(text) && text >= FIRST_YEAR
}

/** True for a day on which a bill can be dated. */
export function isBillDate(text: string): text is LocalDate {
  return isLocalDate(text) && text >= FIRST_YEAR
}

/** The month of a day. */
export function monthOf(date: LocalDate): YearMonth {
  return date.slice(0, 7)
}

/** The month of an instant in UTC, which is the time zone of the rating service's months. */
export function monthAt(instant: Date): YearMonth {
  return instant.toISOString().slice(0, 7)
}

/** The month `count` months later; earlier when negative. */
export function addMonths(month: YearMonth, count: number): YearMonth {
  return toYearMonth(countMonths(month) + count)
}

/** The number of months from one month to another: 1 from `2026-09` to `2026-10`. */
export function monthsBetween(from: YearMonth, to: YearMonth): number {
  return countMonths(to) - countMonths(from)
}

/** The months from one to another, both included, oldest first; `[]` when `to` is before `from`. */
export function monthsFrom(from: YearMonth, to: YearMonth): readonly YearMonth[] {
  const months: YearMonth[] = []
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}

/** Months since the year 0. Lists cover hundreds of months, and this takes a tenth of the time of Temporal. */
function countMonths(month: YearMonth): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
}

function toYearMonth(count: number): YearMonth {
  const year = Math.floor(count / 12)
  return `${String(year).padStart(4, '0')}-${String(count - year * 12 + 1).padStart(2, '0')}`
}

/** The first day of a month. */
export function firstDayOf(month: YearMonth): LocalDate {
  return `${month}-01`
}

const DAY_MS = 86_400_000

/** The day after `date`, by UTC, so that no time zone can shift it. Pages of bills take a tenth of the time of Temporal. */
export function nextDay(date: LocalDate): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}

/** A whole month as a period. */
export function toPeriod(month: YearMonth): Period {
  return { month, start: firstDayOf(month), endExclusive: firstDayOf(addMonths(month, 1)) }
}

/** The earliest of several RFC 3339 instants in UTC: the age of data combined from several responses. */
export function earliest(instants: readonly [string, ...string[]]): string {
  return instants.reduce((left, right) => (left < right ? left : right))
}
