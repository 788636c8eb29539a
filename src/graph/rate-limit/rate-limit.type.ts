import { Field, Int, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../schema/scalars/date.scalars.js'
import type { RateLimitState } from './rate-limit-state.js'

@ObjectType('RateLimit', { description: 'How the caller stands with the cost that it may ask for.' })
export abstract class RateLimitType implements RateLimitState {
  @Field(() => Int, { description: 'The most that can be left, for one who has been quiet.' })
  readonly limit!: number

  @Field(() => Int, { description: 'What this operation costs.' })
  readonly cost!: number

  @Field(() => Int, { description: 'What is left after this operation.' })
  readonly remaining!: number

  @Field(() => DateTimeScalar, { description: 'When the whole of the limit is left again, unless more is asked.' })
  readonly resetAt!: string
}
