import { isBillMonth, type YearMonth } from '../../domain/period.js'
import { BadInputError } from '../errors/bad-input.js'

/**
 * The month that the argument names; null when it names none.
 *
 * @throws BadInputError for text that is no month, and for one before there were bills
 */
export function toMonth(argument: string, text: string | null | undefined): YearMonth | null {
  if (text == null) return null
  if (!isBillMonth(text)) throw new BadInputError(argument, text, 'a month as YYYY-MM from 2000 on, such as 2017-07')
  return text
}
