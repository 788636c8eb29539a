import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import { breakDown, type CostShare, type CostDimension as Dimension } from '../../domain/breakdown.js'
import type { CustomerCost } from '../../domain/customer-cost.js'
import type { Context } from '../context.js'
import {
  connectLineItems,
  LINES_PER_PAGE,
  type LineItemConnection,
  OrderedLineItemsArgs,
} from '../line-item/line-item-connection.js'
import { LineItemConnectionType } from '../line-item/line-item-connection.type.js'
import { CostDimension } from '../schema/enums.js'
import { CALLS_UPSTREAM, listOf, paged } from '../schema/query-cost.js'
import { CostShareType } from './cost-share.type.js'
import { CustomerCostArgs } from './customer-cost.args.js'
import { CustomerCostType } from './customer-cost.type.js'
import { loadCost } from './load-cost.js'
import { toPrefix } from './prefix.js'

@Resolver(() => CustomerCostType)
export class CustomerCostResolver {
  @Directive(CALLS_UPSTREAM)
  @Query(() => CustomerCostType, {
    nullable: true,
    description:
      "Cost of a customer's resources in a month, from all bills of that month or, for the running month, from the quotation. " +
      'Null if there is no bill in that month; zero, with the notice NO_MATCH, if no line item matches the prefix. An unknown project is an error ' +
      '(NOT_FOUND).',
  })
  customerCost(
    @Args(() => CustomerCostArgs) args: CustomerCostArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CustomerCost | null> {
    return loadCost(context, info, { ...args, prefix: toPrefix(args.prefix) })
  }

  @Directive(paged(LINES_PER_PAGE))
  @FieldResolver(() => LineItemConnectionType, {
    nullable: true,
    description:
      'Line items that match the prefix, 100 per page unless `first` or `last` says otherwise; totalCount counts all.',
  })
  lineItems(
    @Root() cost: CustomerCost,
    @Args(() => OrderedLineItemsArgs) args: OrderedLineItemsArgs,
  ): Promise<LineItemConnection> {
    return connectLineItems(cost.lineItems, args, cost.total.net.currency)
  }

  @Directive(listOf(20))
  @FieldResolver(() => [CostShareType], {
    nullable: true,
    description: 'Cost grouped by one dimension, highest first.',
  })
  breakdown(
    @Root() cost: CustomerCost,
    @Arg('by', () => CostDimension, { description: 'Dimension to group by.' }) by: Dimension,
  ): Promise<readonly CostShare[]> {
    return breakDown(cost.lineItems, by, cost.total.net.currency)
  }
}
