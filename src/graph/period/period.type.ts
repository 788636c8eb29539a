import { Directive, Field, ObjectType } from 'type-graphql'
import type { Period } from '../../domain/period.js'
import { LocalDateScalar, YearMonthScalar } from '../schema/scalars.js'

@Directive('@shareable')
@ObjectType('Period', { simpleResolvers: true, description: 'A month as a half-open range of days.' })
export abstract class PeriodType implements Period {
  @Field(() => YearMonthScalar, { description: 'The month.' })
  readonly month!: string

  @Field(() => LocalDateScalar, { description: 'First day of the month.' })
  readonly start!: string

  @Field(() => LocalDateScalar, { description: 'First day of the next month.' })
  readonly endExclusive!: string
}
