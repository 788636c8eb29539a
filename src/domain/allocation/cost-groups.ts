import type { CostPool, CustomerClaim, CustomerRegistry, RegisteredCustomer } from '../customer-registry.js'
import { rescaled } from '../decimal.js'
import { type LineItem, resourceName } from '../line-item.js'
import type { YearMonth } from '../period.js'
import { matchesPrefix } from '../prefix-index.js'
import type { MonthBill } from './month-bill.js'

/** The part of a registry that concerns one project and month. */
export interface RegistryInForce {
  /** By key, each with its claims in force only. */
  readonly customers: readonly RegisteredCustomer[]
  /** In order. */
  readonly pools: readonly CostPool[]
}

/** Exact sums of some lines, as digits of a common scale. */
export interface CostSum {
  net: bigint
  tax: bigint
}

/** The lines of a bill, added up by owner. */
export interface CostGroups {
  /** In the order of the customers. */
  readonly direct: readonly CostSum[]
  /** In the order of the pools. */
  readonly pools: readonly CostSum[]
  readonly all: CostSum
}

/** The customers and pools of the registry that share a bill of this project and month. */
export function registryInForce(registry: CustomerRegistry, projectId: string, month: YearMonth): RegistryInForce {
  const customers = registry.customers.flatMap(customer => {
    const [first, ...more] = customer.claims.filter(claim => isInForce(claim, projectId, month))
    return first ? [{ ...customer, claims: [first, ...more] as const }] : []
  })
  return {
    customers: customers.sort((left, right) => (left.key < right.key ? -1 : 1)),
    pools: registry.pools.filter(({ match }) => match.projectId === null || match.projectId === projectId),
  }
}

/**
 * Adds up the lines: of the customer that claims them, or else of the first pool that matches.
 *
 * @param scale decimal places of the sums; no line has more
 * @throws RangeError when a line has another currency than the bill
 */
export function groupCosts(
  { lineItems, total: { net } }: MonthBill,
  { customers, pools }: RegistryInForce,
  scale: number,
): CostGroups {
  const groups = { direct: customers.map(zero), pools: pools.map(zero), all: zero() }
  for (const line of lineItems) {
    const { currency } = line.cost.net
    if (currency !== net.currency) throw new RangeError(`cannot share ${currency} in a bill in ${net.currency}`)
    const name = resourceName(line)
    const claimant = customers.findIndex(({ claims }) => claims.some(claim => isClaimed(claim, name)))
    const pool = claimant < 0 ? pools.findIndex(({ match }) => isInPool(match, line)) : -1
    add(groups.all, line, scale)
    const own = groups.direct[claimant] ?? groups.pools[pool]
    if (own) add(own, line, scale)
  }
  return groups
}

function zero(): CostSum {
  return { net: 0n, tax: 0n }
}

function add(sum: CostSum, { cost: { net, tax } }: LineItem, scale: number): void {
  sum.net += rescaled(net, scale)
  if (tax) sum.tax += rescaled(tax, scale)
}

function isInForce({ projectId, from, until }: CustomerClaim, project: string, month: YearMonth): boolean {
  return (
    (projectId === null || projectId === project) &&
    (from === null || from <= month) &&
    (until === null || month <= until)
  )
}

function isClaimed({ prefix, match, except }: CustomerClaim, name: string | null): boolean {
  return (
    name !== null && matchesPrefix(name, prefix, match) && !except.some(longer => matchesPrefix(name, longer, match))
  )
}

function isInPool({ type, category, prefix, match }: CostPool['match'], line: LineItem): boolean {
  return (
    (type === null || line.type === type) &&
    (category === null || line.resource?.category === category) &&
    (prefix === null || matchesPrefix(resourceName(line), prefix, match))
  )
}
