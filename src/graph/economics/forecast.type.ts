import { Field, ObjectType } from 'type-graphql'
import type { Decimal } from '../../domain/decimal.js'
import type { Forecast } from '../../domain/economics/forecast.js'
import { MoneyType } from '../money/money.type.js'
import { PeriodType } from '../period/period.type.js'
import { DateTimeScalar, DecimalScalar } from '../schema/scalars.js'

@ObjectType('Forecast', {
  simpleResolvers: true,
  description:
    "What a project's quotation will be at the end of the month, without tax. It is an estimate at list price, without " +
    'discounts, credits or grants.',
})
export abstract class ForecastType implements Omit<Forecast, 'expected' | 'low' | 'high'> {
  @Field(() => PeriodType, { description: 'The running month.' })
  readonly period!: PeriodType

  @Field(() => MoneyType, {
    description:
      'The quotation so far, and for each hour that is left the run rate and the hourly cost of the last three closed months, ' +
      'weighted by the shares of the month that are over and left.',
  })
  readonly expected!: MoneyType

  @Field(() => MoneyType, { description: 'With the lowest of these hourly costs for the hours that are left.' })
  readonly low!: MoneyType

  @Field(() => MoneyType, { description: 'With the highest of these hourly costs for the hours that are left.' })
  readonly high!: MoneyType

  @Field(() => String, { description: 'The method in words, with the months that it uses.' })
  readonly method!: string

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Mean error of the method on the last three closed months at the same share of the month, as a fraction of their cost, ' +
      'which counts as spread evenly; null without enough closed months.',
  })
  readonly pastError!: Decimal | null

  @Field(() => DateTimeScalar, { description: 'Time of the quotation.' })
  readonly asOf!: string
}
