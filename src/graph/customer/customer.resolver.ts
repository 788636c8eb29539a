import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import type { Customer } from '../../domain/customer.js'
import type { CustomerCost } from '../../domain/customer-cost.js'
import type { CustomerClaim } from '../../domain/customer-registry.js'
import type { Buyer } from '../../domain/party.js'
import { loadBuyersOf } from '../../loaders/customers/buyers.js'
import { findCustomer, listCustomers } from '../../loaders/customers/customers.js'
import { type InvoiceList, listInvoicesOfBuyers } from '../../loaders/invoices.js'
import { connectList, type ListConnection, PageArgs, toSlice } from '../connection/page.js'
import type { Context } from '../context.js'
import { CustomerCostType } from '../customer-cost/customer-cost.type.js'
import { loadCost, loadCostOfClaims } from '../customer-cost/load-cost.js'
import { pathOf } from '../errors/partial-failures.js'
import { reportFailures } from '../errors/report-failures.js'
import { InvoiceConnectionType } from '../invoice/invoice-connection.type.js'
import { INVOICES_PER_PAGE, InvoicesArgs, todayOf, toInvoiceListQuestion } from '../invoice/invoices.args.js'
import { BuyerType } from '../party/party.type.js'
import { CALLS_UPSTREAM, listOf, paged } from '../schema/query-cost.js'
import { CostOfCustomerArgs, CustomerArgs, toCustomerIdentity } from './customer.args.js'
import { CustomerClaimType, CustomerType } from './customer.type.js'
import { CustomerConnectionType } from './customer-connection.type.js'

const CUSTOMERS_PER_PAGE = 20

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, {
    nullable: true,
    description:
      'A customer by id, key, prefix or buyer; null if it does not exist. Any prefix is a customer, even if no resource name ' +
      'matches it.',
  })
  customer(@Args(() => CustomerArgs) args: CustomerArgs, @Ctx() { loaders }: Context): Customer | null {
    return findCustomer(loaders, toCustomerIdentity(args))
  }

  @Directive(paged(CUSTOMERS_PER_PAGE))
  @Query(() => CustomerConnectionType, {
    nullable: true,
    description: 'The customers of the registry, in its order; 20 per page by default.',
  })
  customers(@Args(() => PageArgs) args: PageArgs, @Ctx() { loaders }: Context): ListConnection<Customer> {
    const slice = toSlice(args, CUSTOMERS_PER_PAGE)
    return connectList(listCustomers(loaders), slice, ({ registered }) => registered?.key ?? '')
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Unique and stable key in the registry; null for a customer that is not registered.',
  })
  key(@Root() { registered }: Customer): string | null {
    return registered?.key ?? null
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name in the registry; null for a customer that is not registered.',
  })
  name(@Root() { registered }: Customer): string | null {
    return registered?.name ?? null
  }

  @Directive(listOf(10))
  @FieldResolver(() => [CustomerClaimType], {
    description: 'The resources that the customer pays for; empty for a customer that is not registered.',
  })
  claims(@Root() { registered }: Customer): readonly CustomerClaim[] {
    return registered?.claims ?? []
  }

  @Directive(CALLS_UPSTREAM)
  @Directive(listOf(2))
  @FieldResolver(() => [BuyerType], {
    description:
      'The 3scale accounts of the customer; empty for a customer that is not registered. The name of an account is null if ' +
      '3scale is unavailable.',
  })
  async buyers(
    @Root() { registered }: Customer,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Buyer[]> {
    const { buyers, failures } = await loadBuyersOf(context.loaders, registered?.buyers ?? [])
    context.failures.report(failures, pathOf(info))
    return buyers
  }

  @Directive(CALLS_UPSTREAM)
  @FieldResolver(() => CustomerCostType, {
    nullable: true,
    description:
      "Cost of the customer's resources in a month: of all its claims, in all their projects, for a registered customer; " +
      'otherwise, and with the argument match, as returned by customerCost for its prefix.',
  })
  cost(
    @Root() customer: Customer,
    @Args(() => CostOfCustomerArgs) args: CostOfCustomerArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CustomerCost | null> {
    const { prefix, registered } = customer
    if (registered && (args.match == null || prefix === '')) {
      return loadCostOfClaims(context, info, registered.key, args)
    }
    return loadCost(context, info, { ...args, prefix, match: args.match ?? 'STARTS_WITH' })
  }

  @Directive(CALLS_UPSTREAM)
  @Directive(paged(INVOICES_PER_PAGE))
  @FieldResolver(() => InvoiceConnectionType, {
    nullable: true,
    description: '3scale invoices issued to the buyers of the customer; null if no buyer of it is known.',
  })
  async invoices(
    @Root() { registered }: Customer,
    @Args(() => InvoicesArgs) args: InvoicesArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<InvoiceList | null> {
    const question = toInvoiceListQuestion(args, todayOf(context.loaders))
    const list = await listInvoicesOfBuyers(context.loaders, registered?.buyers ?? [], question)
    return list && reportFailures(context, info, list)
  }
}
