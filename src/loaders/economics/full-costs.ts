import type { RegisteredCustomer } from '../../domain/customer-registry.js'
import { fullCost, hasUnallocated } from '../../domain/economics/full-cost.js'
import type { MarginGap } from '../../domain/economics/margin.js'
import type { MonthCost } from '../../domain/economics/month-cost.js'
import { sumTaxedMoney } from '../../domain/taxed-money.js'
import { type CostAllocationAnswer, loadCostAllocation } from '../catalyst/cost-allocations.js'
import type { Loaders } from '../loaders.js'
import { claimedProjectsIn } from './costs.js'

/** A customer's cost with its share of shared cost. */
export interface FullCostAnswer {
  /** Null when the caller may not see whole bills. */
  readonly cost: MonthCost | null
  readonly gaps: readonly MarginGap[]
}

/** A bill is divided once for all customers of a request. */
const allocations = new WeakMap<Loaders, Map<string, Promise<CostAllocationAnswer>>>()

/**
 * Adds a customer's share of shared cost to its own lines. The bills are those that the cost was read from.
 *
 * @param direct the cost of its own lines; one without an amount is returned as it is
 */
export async function loadFullCost(
  loaders: Loaders,
  customer: RegisteredCustomer,
  direct: MonthCost,
): Promise<FullCostAnswer> {
  if (!loaders.catalyst || direct.amount === null) return { cost: direct, gaps: [] }
  const { month } = direct.period
  const { projectIds } = await claimedProjectsIn(loaders.catalyst, customer, month)
  const answers = await Promise.all(projectIds.map(projectId => allocationOf(loaders, projectId, month)))
  if (answers.some(({ isVisible }) => !isVisible)) return { cost: null, gaps: ['NOT_ALL_VISIBLE'] }
  const found = answers.flatMap(({ allocation }) => allocation ?? [])
  const parts = found.map(allocation => fullCost(allocation, customer.key))
  const amount = sumTaxedMoney(parts, direct.amount.net.currency)
  return { cost: { ...direct, amount }, gaps: found.some(hasUnallocated) ? ['UNALLOCATED'] : [] }
}

function allocationOf(loaders: Loaders, projectId: string, month: string): Promise<CostAllocationAnswer> {
  const known = allocations.get(loaders) ?? new Map<string, Promise<CostAllocationAnswer>>()
  allocations.set(loaders, known)
  const key = `${projectId} ${month}`
  const found = known.get(key) ?? loadCostAllocation(loaders, { projectId, month })
  known.set(key, found)
  return found
}
