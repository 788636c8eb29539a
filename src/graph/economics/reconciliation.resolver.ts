import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Directive, Info, Query, Resolver } from 'type-graphql'
import { monthAt } from '../../domain/period.js'
import { loadReconciliation, type Reconciliation } from '../../loaders/economics/reconciliations.js'
import type { Context } from '../context.js'
import { pathOf } from '../errors/partial-failures.js'
import { CALLS_UPSTREAMS } from '../schema/query-cost.js'
import { YearMonthScalar } from '../schema/scalars.js'
import { toMonthUpTo } from './month-range.js'
import { ReconciliationType } from './reconciliation.type.js'

@Resolver(() => ReconciliationType)
export class ReconciliationResolver {
  @Directive(CALLS_UPSTREAMS)
  @Query(() => ReconciliationType, {
    nullable: true,
    description:
      "Compares each registered customer's cost of a month with its invoices, and names the cause of each difference.",
  })
  async reconciliation(
    @Arg('month', () => YearMonthScalar, { description: 'Month in UTC; a future month is an error.' }) month: string,
    @Ctx() { loaders, failures: reported }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reconciliation> {
    const begun = toMonthUpTo('month', month, monthAt(loaders.clock()))
    const { reconciliation, failures } = await loadReconciliation(loaders, begun)
    reported.report(failures, pathOf(info))
    return reconciliation
  }
}
