import { Field, ObjectType } from 'type-graphql'
import type { MonthlyAmount } from '../../domain/economics/monthly-amount.js'
import { TaxedMoneyType } from '../money/money.type.js'
import { PeriodType } from '../period/period.type.js'
import { MonthState } from '../schema/enums.js'
import { DateTimeScalar } from '../schema/scalars.js'

@ObjectType('MonthlyAmount', {
  simpleResolvers: true,
  description: 'The amount of one month of a series. A month whose amount is not known has none, never a zero.',
})
export abstract class MonthlyAmountType implements MonthlyAmount {
  @Field(() => PeriodType, { description: 'The month.' })
  readonly period!: PeriodType

  @Field(() => TaxedMoneyType, {
    nullable: true,
    description: 'The amount; null in the states NO_BILL, UNAVAILABLE and MIXED_CURRENCIES.',
  })
  readonly amount!: MonthlyAmount['amount']

  @Field(() => MonthState, { description: 'Whether the amount is final, or why it is not.' })
  readonly state!: keyof typeof MonthState

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Time when the upstream returned this data, the earliest of several responses; null without an amount.',
  })
  readonly asOf!: string | null
}
