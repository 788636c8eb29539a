import type { GraphQLResolveInfo } from 'graphql'
import { Args, ArgsType, Ctx, Directive, Field, ID, Info, Query, Resolver } from 'type-graphql'
import type { MonthlyAmount } from '../../domain/economics/monthly-amount.js'
import { monthAt, monthsFrom } from '../../domain/period.js'
import { loadProjectCosts } from '../../loaders/economics/costs.js'
import type { Context } from '../context.js'
import { requireProject } from '../customer-cost/load-cost.js'
import { toPrefix } from '../customer-cost/prefix.js'
import { pathOf } from '../errors/partial-failures.js'
import { PROJECT_ARGUMENT, toProjectId } from '../party/project-id.js'
import { PrefixMatch } from '../schema/enums.js'
import { CALLS_UPSTREAM, listOf } from '../schema/query-cost.js'
import { ASSUMED_MONTHS, MonthRangeArgs, toMonthRange } from './month-range.js'
import { MonthlyAmountType } from './monthly-amount.type.js'

/** The arguments of `costOverTime`. */
@ArgsType()
class CostOverTimeArgs extends MonthRangeArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Prefix of the resource names. Defaults to the whole bill, as stated.',
  })
  readonly prefix?: string | null

  @Field(() => PrefixMatch, {
    defaultValue: 'STARTS_WITH',
    description: 'How resource names are matched to the prefix.',
  })
  readonly match!: keyof typeof PrefixMatch

  @Field(() => ID, { nullable: true, description: PROJECT_ARGUMENT })
  readonly projectId?: string | null
}

@Resolver(() => MonthlyAmountType)
export class CostOverTimeResolver {
  @Directive(CALLS_UPSTREAM)
  @Directive(listOf(ASSUMED_MONTHS))
  @Query(() => [MonthlyAmountType], {
    nullable: true,
    description:
      'Cost of a project by month, oldest first. Null if Catalyst is not configured. An unknown project is an error (NOT_FOUND).',
  })
  async costOverTime(
    @Args(() => CostOverTimeArgs) args: CostOverTimeArgs,
    @Ctx() { loaders, failures: reported }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly MonthlyAmount[] | null> {
    const { from, to } = toMonthRange(args, monthAt(loaders.clock()))
    const { match } = args
    const lines = args.prefix == null ? null : { prefix: toPrefix(args.prefix), match }
    const projectId = toProjectId(args.projectId)
    const costs = await loadProjectCosts(loaders, { lines, projectId }, monthsFrom(from, to))
    const isUnknown = costs !== null && costs.failures.length === 0 && costs.months.every(({ asOf }) => asOf === null)
    if (isUnknown && projectId !== null) await requireProject(loaders, projectId)
    reported.report(costs?.failures ?? [], pathOf(info))
    return costs?.months ?? null
  }
}
