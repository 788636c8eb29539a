import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, ArgsType, Ctx, Directive, Field, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { Customer } from '../../domain/customer.js'
import type { Margin } from '../../domain/economics/margin.js'
import type { MonthlyAmount } from '../../domain/economics/monthly-amount.js'
import { monthAt } from '../../domain/period.js'
import { loadMargin } from '../../loaders/economics/margins.js'
import { loadCustomerCosts, loadCustomerRevenue } from '../../loaders/economics/over-time.js'
import type { Context } from '../context.js'
import { CustomerType } from '../customer/customer.type.js'
import { pathOf } from '../errors/partial-failures.js'
import { CostScope, InvoiceState } from '../schema/enums.js'
import { CALLS_UPSTREAM, CALLS_UPSTREAMS, listOf } from '../schema/query-cost.js'
import { YearMonthScalar } from '../schema/scalars.js'
import { MarginType } from './margin.type.js'
import { ASSUMED_MONTHS, MonthRangeArgs, toMonthRange, toMonthUpTo } from './month-range.js'
import { MonthlyAmountType } from './monthly-amount.type.js'

/** The arguments of a series of revenues. */
@ArgsType()
class RevenueOverTimeArgs extends MonthRangeArgs {
  @Field(() => [InvoiceState], {
    nullable: true,
    description: 'Counts invoices in these states only. Defaults to all states; cancelled invoices never count.',
  })
  readonly states?: (keyof typeof InvoiceState)[] | null
}

@Resolver(() => CustomerType)
export class CustomerEconomicsResolver {
  @Directive(CALLS_UPSTREAM)
  @Directive(listOf(ASSUMED_MONTHS))
  @FieldResolver(() => [MonthlyAmountType], {
    nullable: true,
    description:
      "Cost by month, oldest first: of all claims of a registered customer, or else of the prefix on the default project's bills. " +
      'Null if the caller may not see all of it, or Catalyst is not configured.',
  })
  async costOverTime(
    @Root() customer: Customer,
    @Args(() => MonthRangeArgs) args: MonthRangeArgs,
    @Ctx() { loaders, failures: reported }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly MonthlyAmount[] | null> {
    const range = toMonthRange(args, monthAt(loaders.clock()))
    const { months, failures } = await loadCustomerCosts(loaders, customer, range)
    reported.report(failures, pathOf(info))
    return months
  }

  @Directive(CALLS_UPSTREAM)
  @Directive(listOf(ASSUMED_MONTHS))
  @FieldResolver(() => [MonthlyAmountType], {
    nullable: true,
    description:
      "Revenue by month of service, oldest first, from the invoices of the customer's buyers. Null for a customer without " +
      'buyers, if the caller may not see all of them, or 3scale is not configured.',
  })
  async revenueOverTime(
    @Root() customer: Customer,
    @Args(() => RevenueOverTimeArgs) args: RevenueOverTimeArgs,
    @Ctx() { loaders, failures: reported }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly MonthlyAmount[] | null> {
    const range = toMonthRange(args, monthAt(loaders.clock()))
    const { months, failures } = await loadCustomerRevenue(loaders, customer, range, args.states ?? null)
    reported.report(failures, pathOf(info))
    return months
  }

  @Directive(CALLS_UPSTREAMS)
  @FieldResolver(() => MarginType, {
    nullable: true,
    description: 'Revenue less cost in a month, or the reasons why it is not known.',
  })
  async margin(
    @Root() customer: Customer,
    @Arg('month', () => YearMonthScalar, { description: 'Month in UTC; a future month is an error.' }) month: string,
    @Arg('costs', () => CostScope, { defaultValue: 'DIRECT', description: 'The cost to count.' })
    costs: keyof typeof CostScope,
    @Ctx() { loaders, writes, failures: reported }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Margin> {
    const begun = toMonthUpTo('month', month, monthAt(loaders.clock()))
    const { margin, failures } = await loadMargin(
      loaders,
      customer,
      begun,
      costs,
      async () => (await writes?.doubts()) ?? [],
    )
    reported.report(failures, pathOf(info))
    return margin
  }
}
