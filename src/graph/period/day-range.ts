import { isBillDate, type LocalDate } from '../../domain/period.js'
import { BadInputError } from '../errors/bad-input.js'

/** A range of days, both included; without an end it goes on to now. */
export interface DayRange {
  readonly from: LocalDate
  readonly to: LocalDate | null
}

/** @throws BadInputError for a day that does not exist, and for an end before the start */
export function toDayRange({ from, to }: { readonly from: string; readonly to?: string | null }): DayRange {
  const range = { from: toDay('from', from), to: to == null ? null : toDay('to', to) }
  if (range.to !== null && range.to < range.from) throw new BadInputError('to', to, `the day ${from} or a later one`)
  return range
}

function toDay(argument: string, text: string): LocalDate {
  if (!isBillDate(text)) throw new BadInputError(argument, text, 'a day as YYYY-MM-DD from 2000 on, such as 2026-10-31')
  return text
}
