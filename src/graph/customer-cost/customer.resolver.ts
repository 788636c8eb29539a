import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import type { Customer } from '../../domain/customer.js'
import type { CustomerCost } from '../../domain/customer-cost.js'
import { findByPrefix } from '../../loaders/customers/customers.js'
import type { Context } from '../context.js'
import { CALLS_UPSTREAM } from '../schema/query-cost.js'
import { CustomerType } from './customer.type.js'
import { CostArgs } from './customer-cost.args.js'
import { CustomerCostType } from './customer-cost.type.js'
import { loadCost } from './load-cost.js'
import { toCustomerPrefix } from './prefix.js'

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, {
    nullable: true,
    description: 'The customer with a prefix, even if no resource name matches it.',
  })
  customer(
    @Arg('prefix', () => String, { description: 'Prefix of the resource names; must not be empty.' })
    prefix: string,
    @Ctx() { loaders }: Context,
  ): Customer {
    return findByPrefix(loaders, toCustomerPrefix('prefix', prefix))
  }

  @Directive(CALLS_UPSTREAM)
  @FieldResolver(() => CustomerCostType, {
    nullable: true,
    description: "Cost of the customer's resources in a month, as returned by customerCost.",
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
