import { isBillDate, type LocalDate } from '../../domain/period.js'
import { BadInputError } from '../errors/bad-input.js'

/** An inclusive range of days; without an end, up to now. */
export interface DayRange {
  readonly from: LocalDate
  readonly to: LocalDate | null
}

/**
 * The range of the arguments.
 *
 * @throws BadInputError for an invalid day, a day before 2000, and an end before the start
 */
export function toDayRange({ from, to }: { readonly from: string; readonly to?: string | null }): DayRange {
  const range = { from: toDay('from', from), to: to == null ? null : toDay('to', to) }
  if (range.to !== null && range.to < range.from) throw new BadInputError('to', to, `the day ${from} or a later one`)
  return range
}

function toDay(argument: string, text: string): LocalDate {
  if (!isBillDate(text)) throw new BadInputError(argument, text, 'a day as YYYY-MM-DD from 2000 on, such as 2026-10-31')
  return text
}
