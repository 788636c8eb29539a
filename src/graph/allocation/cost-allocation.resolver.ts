import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Directive, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql'
import type { CostAllocation, CustomerShare, PoolShare, SharedPool } from '../../domain/allocation/cost-allocation.js'
import { type Customer, unregisteredCustomer } from '../../domain/customer.js'
import type { RegisteredCustomer } from '../../domain/customer-registry.js'
import { findCustomer } from '../../loaders/customers/customers.js'
import type { Loaders } from '../../loaders/loaders.js'
import type { Context } from '../context.js'
import { CustomerType } from '../customer/customer.type.js'
import { PROJECT_ARGUMENT } from '../party/project-id.js'
import { CALLS_UPSTREAM, listOf } from '../schema/query-cost.js'
import { YearMonthScalar } from '../schema/scalars.js'
import { CostAllocationType, CustomerShareType, PoolShareType, SharedPoolType } from './cost-allocation.type.js'
import { loadAllocation } from './load-allocation.js'

/** Assumed sizes, for the cost of an operation: the lists have no pages, since their sum is the bill. */
const CUSTOMERS = 20
const POOLS = 5

@Resolver(() => CostAllocationType)
export class CostAllocationResolver {
  @Directive(CALLS_UPSTREAM)
  @Query(() => CostAllocationType, {
    nullable: true,
    description:
      'The bill of a project and month, divided among the customers of the registry; null if the month has no bill. The ' +
      'caller must be allowed to see the whole project: any other project is an error (NOT_FOUND).',
  })
  costAllocation(
    @Arg('month', () => YearMonthScalar, { description: 'Month in UTC; a future month is an error.' }) month: string,
    @Arg('projectId', () => ID, { nullable: true, description: PROJECT_ARGUMENT })
    projectId: string | null | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CostAllocation | null> {
    return loadAllocation(context, info, month, projectId)
  }

  @Directive(listOf(CUSTOMERS))
  @FieldResolver(() => [CustomerShareType], {
    description: 'The customers with a claim on this project in this month, by key.',
  })
  customers(@Root() { customers }: CostAllocation): readonly CustomerShare[] {
    return customers
  }

  @Directive(listOf(POOLS))
  @FieldResolver(() => [SharedPoolType], {
    description: "The registry's pools, in its order; ROUNDING last, if the bill differs from its line items.",
  })
  pools(@Root() { pools }: CostAllocation): readonly SharedPool[] {
    return pools
  }
}

@Resolver(() => SharedPoolType)
export class SharedPoolResolver {
  @Directive(listOf(CUSTOMERS))
  @FieldResolver(() => [PoolShareType], { description: 'The part of each customer; empty if the pool is not divided.' })
  shares(@Root() { shares }: SharedPool): readonly PoolShare[] {
    return shares
  }
}

@Resolver(() => CustomerShareType)
export class CustomerShareResolver {
  @FieldResolver(() => CustomerType, { description: 'The customer.' })
  customer(@Root() { customer }: CustomerShare, @Ctx() { loaders }: Context): Customer {
    return visible(loaders, customer)
  }
}

@Resolver(() => PoolShareType)
export class PoolShareResolver {
  @FieldResolver(() => CustomerType, { description: 'The customer.' })
  customer(@Root() { customer }: PoolShare, @Ctx() { loaders }: Context): Customer {
    return visible(loaders, customer)
  }
}

/** A granted project shows the customers with a claim on it, and of each what the caller may see. */
function visible(loaders: Loaders, { key, claims }: RegisteredCustomer): Customer {
  return findCustomer(loaders, { key }) ?? unregisteredCustomer(claims[0].prefix)
}
