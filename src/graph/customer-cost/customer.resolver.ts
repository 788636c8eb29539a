import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import type { Customer } from '../../domain/customer.js'
import type { CustomerCost } from '../../domain/customer-cost.js'
import type { Context } from '../context.js'
import { ASKS_UPSTREAM } from '../schema/query-cost.js'
import { CustomerType } from './customer.type.js'
import { CostArgs, loadCost } from './customer-cost.args.js'
import { CustomerCostType } from './customer-cost.type.js'
import { toCustomerPrefix } from './prefix.js'

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, {
    nullable: true,
    description: 'The customer of a prefix, whether it has resources or not.',
  })
  customer(
    @Arg('prefix', () => String, { description: 'What the names of its resources begin with; not empty.' })
    prefix: string,
  ): Customer {
    return { kind: 'Customer', prefix: toCustomerPrefix('prefix', prefix) }
  }

  @Directive(ASKS_UPSTREAM)
  @FieldResolver(() => CustomerCostType, {
    nullable: true,
    description:
      'What its resources cost in a month, as customerCost tells it. Many customers of one month are one call.',
  })
  cost(
    @Root() { prefix }: Customer,
    @Args(() => CostArgs) args: CostArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CustomerCost | null> {
    return loadCost(context, info, { ...args, prefix })
  }
}
