import { Ctx, Directive, Query, Resolver } from 'type-graphql'
import { loadSources, type SourceStatus } from '../../loaders/sources.js'
import type { Context } from '../context.js'
import { CALLS_UPSTREAMS, listOf } from '../schema/query-cost.js'
import { SourceStatusType } from './source-status.type.js'

@Resolver(() => SourceStatusType)
export class SourceStatusResolver {
  @Directive(CALLS_UPSTREAMS)
  @Directive(listOf(2))
  @Query(() => [SourceStatusType], {
    description: 'Status of each configured billing system.',
  })
  sources(@Ctx() { loaders, isDemo, writes }: Context): Promise<SourceStatus[]> {
    return loadSources(loaders, isDemo, writes)
  }
}
