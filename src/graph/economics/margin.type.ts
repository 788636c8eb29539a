import { Field, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import type { Margin } from '../../domain/economics/margin.js'
import { MoneyType } from '../money/money.type.js'
import { PeriodType } from '../period/period.type.js'
import { CostScope, MarginGap } from '../schema/enums.js'
import { DateTimeScalar, DecimalScalar } from '../schema/scalars.js'

@ObjectType('Margin', {
  simpleResolvers: true,
  description:
    "A customer's revenue less its cost in a month, both without tax. It is either true or absent: while there are gaps, " +
    'amount and rate are null.',
})
export abstract class MarginType implements Omit<Margin, 'revenue' | 'collected' | 'cost' | 'amount'> {
  @Field(() => PeriodType, { description: 'The month.' })
  readonly period!: PeriodType

  @Field(() => CostScope, { description: 'The cost that is counted.' })
  readonly costs!: keyof typeof CostScope

  @Field(() => MoneyType, {
    nullable: true,
    description:
      "Total without tax of the buyers' invoices of the month, without cancelled ones; null if unknown or not visible.",
  })
  readonly revenue!: MoneyType | null

  @Field(() => MoneyType, { nullable: true, description: 'The part of the revenue on paid invoices.' })
  readonly collected!: MoneyType | null

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Cost without tax, in the currency of the bill; null if unknown or not visible.',
  })
  readonly cost!: MoneyType | null

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Revenue less cost, in the currency of the revenue; null while there are gaps.',
  })
  readonly amount!: MoneyType | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Amount as a fraction of the revenue, with six decimal places; null while there are gaps, and for a revenue of zero.',
  })
  readonly rate!: Decimal | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "The registry's rate of the month that converts the cost to the currency of the revenue; null if they are the same.",
  })
  readonly exchangeRate!: Decimal | null

  @Field(() => [MarginGap], { description: 'Why there is no margin; empty if there is one.' })
  readonly gaps!: readonly (keyof typeof MarginGap)[]

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time of the oldest data among cost and revenue; null if both are missing.',
  })
  readonly asOf!: string | null
}
