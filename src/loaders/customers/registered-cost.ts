import { requireScope } from '../../access/rules.js'
import { type CustomerCost, mergeCosts } from '../../domain/customer-cost.js'
import type { RegisteredCustomer } from '../../domain/customer-registry.js'
import { byClaims } from '../../domain/line-selection.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import { type CustomerCostAnswer, loadProjectCost } from '../catalyst/customer-costs.js'
import type { CatalystLoaders } from '../catalyst/loaders.js'
import type { Loaders } from '../loaders.js'

/** The projects of one customer are billed in different currencies, so there is no one sum. */
export class MixedCurrenciesError extends Error {
  constructor(readonly currencies: readonly string[]) {
    super(`The customer's projects are billed in different currencies: ${currencies.join(', ')}.`)
    this.name = 'MixedCurrenciesError'
  }
}

/** The month and project of a registered customer's cost. */
export interface RegisteredCostQuestion {
  /** Null reads the newest closed month that has a bill. */
  readonly month: YearMonth | null
  /** Null reads every project of its claims. */
  readonly projectId: string | null
}

/**
 * The cost of everything that a registered customer claims in a month, over all its projects. Null when no project has a bill. A
 * project that cannot be read fails the whole, since a part would look like the cost.
 *
 * @throws MixedCurrenciesError when its projects have different currencies
 */
export async function loadRegisteredCost(
  loaders: Loaders,
  customer: RegisteredCustomer,
  { month, projectId }: RegisteredCostQuestion,
): Promise<CustomerCostAnswer> {
  requireScope(loaders.principal, 'costs:read')
  const { catalyst, registry } = loaders
  if (!catalyst) return { cost: null, failures: [] }
  const projects = projectId === null ? await projectsOf(catalyst, customer) : [projectId]
  const selection = byClaims(registry, customer)
  const now = monthAt(loaders.clock())
  const read = (one: YearMonth | null) =>
    Promise.all(projects.map(id => loadProjectCost(catalyst, { projectId: id, month: one, now }, selection)))
  const newest = await read(month)
  // The newest bill of one project can be older than that of another. The months of a sum are the same.
  const common = month ?? newestMonth(newest.flatMap(({ cost }) => cost ?? []))
  const answers = common === month || common === null ? newest : await read(common)
  const [first, ...others] = answers.flatMap(({ cost }) => cost ?? [])
  const failures = answers.flatMap(answer => answer.failures)
  if (!first) return { cost: null, failures }
  const currencies = [...new Set([first, ...others].map(({ total }) => total.net.currency))]
  if (currencies.length > 1) throw new MixedCurrenciesError(currencies)
  return { cost: mergeCosts([first, ...others]), failures }
}

/** The projects in which the customer's claims apply, those of its claims first. */
async function projectsOf(catalyst: CatalystLoaders, { claims }: RegisteredCustomer): Promise<readonly string[]> {
  const named = claims.flatMap(({ projectId }) => projectId ?? [])
  const every = claims.some(({ projectId }) => projectId === null) ? await catalyst.costProjects() : []
  return [...new Set([...named, ...every])]
}

/** The newest month that has a bill; the running month when there are quotations only. */
function newestMonth(costs: readonly CustomerCost[]): YearMonth | null {
  const billed = costs.filter(({ basis }) => basis === 'INVOICE')
  const months = (billed.length > 0 ? billed : costs).map(({ period }) => period.month)
  return months.toSorted().at(-1) ?? null
}
