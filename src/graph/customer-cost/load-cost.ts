import type { GraphQLResolveInfo } from 'graphql'
import { maySeeCustomers, maySeeProject } from '../../access/rules.js'
import { customerByKey } from '../../domain/customer-claims.js'
import type { CustomerCost } from '../../domain/customer-cost.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import { type CustomerCostAnswer, loadCustomerCost } from '../../loaders/catalyst/customer-costs.js'
import { loadRegisteredCost, MixedCurrenciesError } from '../../loaders/customers/registered-cost.js'
import type { Loaders } from '../../loaders/loaders.js'
import { UpstreamDeniedError } from '../../upstream/http/errors.js'
import type { Context } from '../context.js'
import { BadInputError, NotFoundError } from '../errors/bad-input.js'
import { pathOf } from '../errors/partial-failures.js'
import { toProjectId } from '../party/project-id.js'
import { toMonth } from '../period/month.js'
import type { CustomerCostArgs } from './customer-cost.args.js'

/**
 * The cost of a checked prefix; null when there is no bill that the caller may see. Partial failures are reported beside the data.
 *
 * @throws BadInputError for a future month
 * @throws NotFoundError for a project that does not exist, or that the caller may not see
 */
export async function loadCost(
  context: Context,
  info: GraphQLResolveInfo,
  { prefix, match, month, projectId }: CustomerCostArgs,
): Promise<CustomerCost | null> {
  const { loaders } = context
  const project = toProjectId(projectId)
  const question = { prefix, match, month: toPastMonth(month, monthAt(loaders.clock())), projectId: project }
  return report(context, info, project, loadCustomerCost(loaders, question))
}

/**
 * The cost of all claims of a registered customer, like `loadCost`.
 *
 * @throws BadInputError for a future month, and when only a project could tell which currency is meant
 */
export async function loadCostOfClaims(
  context: Context,
  info: GraphQLResolveInfo,
  key: string,
  { month, projectId }: Pick<CustomerCostArgs, 'month' | 'projectId'>,
): Promise<CustomerCost | null> {
  const { loaders } = context
  const customer = customerByKey(loaders.registry, key)
  const project = toProjectId(projectId)
  const question = { month: toPastMonth(month, monthAt(loaders.clock())), projectId: project }
  if (!customer) return null
  const loading = loadRegisteredCost(loaders, customer, question).catch((error: unknown) => {
    if (!(error instanceof MixedCurrenciesError)) throw error
    throw new BadInputError('projectId', null, `one project: those of the customer have ${error.currencies.join(', ')}`)
  })
  return report(context, info, project, loading)
}

async function report(
  { loaders, failures: reported }: Context,
  info: GraphQLResolveInfo,
  project: string | null,
  loading: Promise<CustomerCostAnswer>,
): Promise<CustomerCost | null> {
  const { cost, failures } = await loading.catch((error: unknown) => {
    // A denial would tell a project that does not exist from one without lines of the caller's customers.
    if (project !== null && error instanceof UpstreamDeniedError && isHidden(loaders, project)) return NOTHING
    throw error
  })
  reported.report(failures, pathOf(info))
  if (cost === null && failures.length === 0 && project !== null) await requireProject(loaders, project)
  return cost
}

const NOTHING: CustomerCostAnswer = { cost: null, failures: [] }

/**
 * The month of the argument; null when the argument is missing.
 *
 * @throws BadInputError for an invalid month, and for one after `now`
 */
export function toPastMonth(text: string | null | undefined, now: YearMonth): YearMonth | null {
  const month = toMonth('month', text)
  if (month === null || month <= now) return month
  throw new BadInputError('month', month, `a month up to ${now}, the running month in UTC`)
}

/**
 * Checks a project for which nothing was found.
 *
 * @throws NotFoundError for one that does not exist, or that the caller may not see
 */
export async function requireProject(loaders: Loaders, projectId: string): Promise<void> {
  const { catalyst } = loaders
  if (!catalyst || isHidden(loaders, projectId) || (await catalyst.projects.load(projectId)) !== null) return
  throw new NotFoundError('projectId', projectId, 'the id of a project that exists and that the caller may see')
}

/** True when the caller sees only customers' lines of a project, so that the response must not depend on whether it exists. */
function isHidden({ principal }: Loaders, projectId: string): boolean {
  return maySeeCustomers(principal) && !maySeeProject(principal, projectId)
}
