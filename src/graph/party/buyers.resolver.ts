import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Directive, Info, Query, Resolver } from 'type-graphql'
import { formatGlobalId } from '../../domain/global-id.js'
import type { Buyer } from '../../domain/party.js'
import { listBuyers } from '../../loaders/buyers.js'
import { connectList, type ListConnection, toSlice } from '../connection/page.js'
import type { Context } from '../context.js'
import { pathOf } from '../errors/partial-failures.js'
import { CALLS_UPSTREAMS, paged } from '../schema/query-cost.js'
import { BuyerConnectionType, BuyersArgs } from './buyer-connection.type.js'

const DEFAULT_SIZE = 20

@Resolver(() => BuyerConnectionType)
export class BuyersResolver {
  @Directive(CALLS_UPSTREAMS)
  @Directive(paged(DEFAULT_SIZE))
  @Query(() => BuyerConnectionType, {
    nullable: true,
    description:
      'Configured Catalyst projects, then 3scale accounts by id, except deleted ones; 20 per page by default. An unavailable ' +
      'system is left out and reported in errors.',
  })
  async buyers(
    @Args(() => BuyersArgs) args: BuyersArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Omit<ListConnection<Buyer>, 'totalCount'> & { readonly totalCount: number | null }> {
    const slice = toSlice(args, DEFAULT_SIZE)
    const { buyers, failures } = await listBuyers(context.loaders, args.filter ?? {})
    context.failures.report(failures, pathOf(info))
    const connection = connectList(buyers, slice, formatGlobalId)
    return failures.length === 0 ? connection : { ...connection, totalCount: null }
  }
}
