import { Ctx, Directive, Query, Resolver } from 'type-graphql'
import type { Context } from '../context.js'
import { FREE_OF_COST } from '../schema/query-cost.js'
import { RateLimitType } from './rate-limit.type.js'
import type { RateLimitState } from './rate-limit-state.js'

@Resolver(() => RateLimitType)
export class RateLimitResolver {
  @Directive(FREE_OF_COST)
  @Query(() => RateLimitType, {
    nullable: true,
    description: 'Rate limit of the caller; null if there is none.',
  })
  rateLimit(@Ctx() { rateLimit }: Context): RateLimitState | null {
    return rateLimit
  }
}
