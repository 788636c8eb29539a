import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql'
import { breakDown, type CostShare, type CostDimension as Dimension } from '../domain/breakdown.js'
import type { CustomerCost } from '../domain/customer-cost.js'
import { loadCustomerCost } from '../loaders/customer-costs.js'
import type { Context } from './context.js'
import { CostShareType } from './cost-share.type.js'
import { CustomerCostType } from './customer-cost.type.js'
import { CostDimension, PrefixMatch } from './enums.js'
import { connectLineItems, type LineItemConnection } from './line-item-connection.js'
import { LineItemConnectionType } from './line-item-connection.type.js'
import { OrderedLineItemsArgs } from './line-items.args.js'
import { toMonth } from './month.js'
import { pathOf } from './path-of.js'
import { toPrefix } from './prefix.js'
import { toProjectId } from './project-id.js'
import { YearMonthScalar } from './scalars/date.scalars.js'

@ArgsType()
class CustomerCostArgs {
  @Field(() => String, { description: 'What the names of the resources begin with; empty takes every line.' })
  readonly prefix!: string

  @Field(() => YearMonthScalar, {
    nullable: true,
    description:
      'The month (UTC). Without it the newest closed month that has a bill, else the running month by its quotation.',
  })
  readonly month?: string | null

  @Field(() => PrefixMatch, { defaultValue: 'STARTS_WITH', description: 'When a name belongs to the prefix.' })
  readonly match!: keyof typeof PrefixMatch

  @Field(() => ID, { nullable: true, description: "OpenStack project id; the gateway's own project when left out." })
  readonly projectId?: string | null
}

@Resolver(() => CustomerCostType)
export class CustomerCostResolver {
  @Query(() => CustomerCostType, {
    nullable: true,
    description:
      "What a customer's resources cost in a month, all that month's bills together. Null when there is no bill at all; a " +
      'prefix that matches nothing is a cost of zero.',
  })
  async customerCost(
    @Args(() => CustomerCostArgs) args: CustomerCostArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CustomerCost | null> {
    const { cost, failures } = await loadCustomerCost(context.loaders, {
      prefix: toPrefix(args.prefix),
      match: args.match,
      month: toMonth('month', args.month),
      projectId: toProjectId(args.projectId),
    })
    context.failures.report(failures, pathOf(info))
    return cost
  }

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

  @FieldResolver(() => [CostShareType], { nullable: true, description: 'The cost by one dimension, dearest first.' })
  breakdown(
    @Root() cost: CustomerCost,
    @Arg('by', () => CostDimension, { description: 'What to group by.' }) by: Dimension,
  ): readonly CostShare[] {
    return breakDown(cost.lineItems, by, cost.total.net.currency)
  }
}
