import { type ClaimScope, claimantsIn, isClaimInScope } from '../customer-claims.js'
import type { CostPool, CustomerRegistry, RegisteredCustomer } from '../customer-registry.js'
import { rescaled } from '../decimal.js'
import { type LineItem, resourceName } from '../line-item.js'
import { matchesPrefix } from '../prefix-index.js'
import type { MonthBill } from './month-bill.js'

/** The part of a registry that concerns one project and month. */
export interface RegistryInForce {
  readonly scope: ClaimScope
  /** Those with a claim in force, by key. */
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
export function registryInForce(registry: CustomerRegistry, scope: ClaimScope): RegistryInForce {
  const customers = registry.customers.filter(({ claims }) => claims.some(claim => isClaimInScope(claim, scope)))
  return {
    scope,
    customers: customers.sort((left, right) => (left.key < right.key ? -1 : 1)),
    pools: registry.pools.filter(({ match }) => match.projectId === null || match.projectId === scope.projectId),
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
  { customers, pools, scope }: RegistryInForce,
  scale: number,
): CostGroups {
  const claimantOf = claimantsIn({ customers }, scope)
  const rows = new Map(customers.map((customer, row) => [customer, row]))
  const groups = { direct: customers.map(zero), pools: pools.map(zero), all: zero() }
  for (const line of lineItems) {
    const { currency } = line.cost.net
    if (currency !== net.currency) throw new RangeError(`cannot share ${currency} in a bill in ${net.currency}`)
    const claimant = claimantOf(resourceName(line))
    const own = claimant
      ? groups.direct[rows.get(claimant) ?? -1]
      : groups.pools[pools.findIndex(({ match }) => isInPool(match, line))]
    add(groups.all, line, scale)
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

function isInPool({ type, category, prefix, match }: CostPool['match'], line: LineItem): boolean {
  return (
    (type === null || line.type === type) &&
    (category === null || line.resource?.category === category) &&
    (prefix === null || matchesPrefix(resourceName(line), prefix, match))
  )
}
