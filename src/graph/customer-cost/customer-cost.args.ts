import type { GraphQLResolveInfo } from 'graphql'
import { ArgsType, Field, ID } from 'type-graphql'
import type { CustomerCost } from '../../domain/customer-cost.js'
import { loadCustomerCost } from '../../loaders/catalyst/customer-costs.js'
import type { Context } from '../context.js'
import { pathOf } from '../errors/path-of.js'
import { PROJECT_ARGUMENT, toProjectId } from '../party/project-id.js'
import { toMonth } from '../period/month.js'
import { PrefixMatch } from '../schema/enums.js'
import { YearMonthScalar } from '../schema/scalars/date.scalars.js'

/** Which cost of a customer that is known already. */
@ArgsType()
export class CostArgs {
  @Field(() => YearMonthScalar, {
    nullable: true,
    description:
      'The month (UTC). Without it the newest closed month that has a bill, else the running month by its quotation.',
  })
  readonly month?: string | null

  @Field(() => PrefixMatch, { defaultValue: 'STARTS_WITH', description: 'When a name belongs to the prefix.' })
  readonly match!: keyof typeof PrefixMatch

  @Field(() => ID, { nullable: true, description: PROJECT_ARGUMENT })
  readonly projectId?: string | null
}

/** Whose cost, and which. */
@ArgsType()
export class CustomerCostArgs extends CostArgs {
  @Field(() => String, { description: 'What the names of the resources begin with; empty takes every line.' })
  readonly prefix!: string
}

/**
 * The cost of a prefix that is checked already; what kept parts of it out is told beside the data.
 *
 * @throws BadInputError
 */
export async function loadCost(
  { loaders, failures: told }: Context,
  info: GraphQLResolveInfo,
  { prefix, match, month, projectId }: CustomerCostArgs,
): Promise<CustomerCost | null> {
  const question = { prefix, match, month: toMonth('month', month), projectId: toProjectId(projectId) }
  const { cost, failures } = await loadCustomerCost(loaders, question)
  told.report(failures, pathOf(info))
  return cost
}
