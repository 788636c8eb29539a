import { ArgsType, Field } from 'type-graphql'
import { addMonths, isBillMonth, monthsBetween, type YearMonth } from '../../domain/period.js'
import { BadInputError } from '../errors/bad-input.js'
import { YearMonthScalar } from '../schema/scalars.js'

/** Months that a series is assumed to have, for the cost of an operation. */
export const ASSUMED_MONTHS = 24

/** Months of a series. A server would compute a longer range for minutes. */
const MAX_MONTHS = 120

/** The arguments of a series. */
@ArgsType()
export class MonthRangeArgs {
  @Field(() => YearMonthScalar, { description: 'First month, in UTC.' })
  readonly from!: string

  @Field(() => YearMonthScalar, {
    description: `Last month, inclusive: the running month at the latest, and at most ${MAX_MONTHS} months in all.`,
  })
  readonly to!: string
}

/**
 * The range of the arguments, both ends included.
 *
 * @param now the running month
 * @throws BadInputError for an invalid or future month, an end before the start, and a range of more than ten years
 */
export function toMonthRange({ from, to }: MonthRangeArgs, now: YearMonth): MonthRangeArgs {
  const range = { from: toMonthUpTo('from', from, now), to: toMonthUpTo('to', to, now) }
  if (to < from) throw new BadInputError('to', to, `the month ${from} or a later one`)
  if (monthsBetween(from, to) < MAX_MONTHS) return range
  throw new BadInputError('to', to, `a month up to ${addMonths(from, MAX_MONTHS - 1)}, which is ${MAX_MONTHS} months`)
}

/**
 * A required month that has begun.
 *
 * @throws BadInputError for an invalid month, a month before 2000, and a future one
 */
export function toMonthUpTo(argument: string, text: string, now: YearMonth): YearMonth {
  if (!isBillMonth(text)) throw new BadInputError(argument, text, 'a month as YYYY-MM from 2000 on, such as 2017-07')
  if (text <= now) return text
  throw new BadInputError(argument, text, `a month up to ${now}, the running month in UTC`)
}
