import { Field, Int, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../schema/scalars.js'
import type { RateLimitState } from './rate-limit-state.js'

@ObjectType('RateLimit', {
  simpleResolvers: true,
  description:
    'Rate limit of the caller, in query cost, as the process that responds counts it. Processes that share a Redis count together.',
})
export abstract class RateLimitType implements RateLimitState {
  @Field(() => Int, { description: 'Maximum cost that can remain.' })
  readonly limit!: number

  @Field(() => Int, { description: 'Cost of this operation.' })
  readonly cost!: number

  @Field(() => Int, { description: 'Cost that remains after this operation.' })
  readonly remaining!: number

  @Field(() => DateTimeScalar, {
    description: 'Time when the full limit is available again, if no further operations are sent.',
  })
  readonly resetAt!: string
}
