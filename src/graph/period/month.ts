import { isBillMonth, type YearMonth } from '../../domain/period.js'
import { BadInputError } from '../errors/bad-input.js'

/**
 * The month of the argument; null when the argument is missing.
 *
 * @throws BadInputError for an invalid month, and for a month before 2000
 */
export function toMonth(argument: string, text: string | null | undefined): YearMonth | null {
  if (text == null) return null
  if (!isBillMonth(text)) throw new BadInputError(argument, text, 'a month as YYYY-MM from 2000 on, such as 2017-07')
  return text
}
