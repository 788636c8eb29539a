import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import { breakDown, type CostShare, type CostDimension as Dimension } from '../../domain/breakdown.js'
import type { CustomerCost } from '../../domain/customer-cost.js'
import type { Context } from '../context.js'
import { connectLineItems, LINES_PER_PAGE, type LineItemConnection } from '../line-item/line-item-connection.js'
import { LineItemConnectionType } from '../line-item/line-item-connection.type.js'
import { OrderedLineItemsArgs } from '../line-item/line-items.args.js'
import { CostDimension } from '../schema/enums.js'
import { ASKS_UPSTREAM, listOf, paged } from '../schema/query-cost.js'
import { CostShareType } from './cost-share.type.js'
import { CustomerCostArgs, loadCost } from './customer-cost.args.js'
import { CustomerCostType } from './customer-cost.type.js'
import { toPrefix } from './prefix.js'

@Resolver(() => CustomerCostType)
export class CustomerCostResolver {
  @Directive(ASKS_UPSTREAM)
  @Query(() => CustomerCostType, {
    nullable: true,
    description:
      "What a customer's resources cost in a month, all that month's bills together. Null when there is no bill at all; a " +
      'prefix that matches nothing is a cost of zero.',
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
    description: 'The lines that match, a hundred unless told otherwise.',
  })
  lineItems(
    @Root() cost: CustomerCost,
    @Args(() => OrderedLineItemsArgs) args: OrderedLineItemsArgs,
  ): LineItemConnection {
    return connectLineItems(cost.lineItems, args, cost.total.net.currency)
  }

  @Directive(listOf(20))
  @FieldResolver(() => [CostShareType], { nullable: true, description: 'The cost by one dimension, dearest first.' })
  breakdown(
    @Root() cost: CustomerCost,
    @Arg('by', () => CostDimension, { description: 'What to group by.' }) by: Dimension,
  ): readonly CostShare[] {
    return breakDown(cost.lineItems, by, cost.total.net.currency)
  }
}
