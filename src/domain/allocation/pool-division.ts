import type { CostPool, RegisteredCustomer } from '../customer-registry.js'
import { rescaled } from '../decimal.js'
import type { CostGroups, RegistryInForce } from './cost-groups.js'

/** Each customer's part of a pool, as fractions `parts[i] / whole`. They sum to at most one; the rest stays unallocated. */
export interface PoolDivision {
  readonly parts: readonly bigint[]
  /** Above zero. */
  readonly whole: bigint
}

/**
 * The division of each pool by its policy; null for one that is not divided, because of its policy or because every weight is zero.
 *
 * A credit is shared only as far as a customer has something to pay, so that no total turns negative by the credit of others.
 * Therefore pools that are credits are divided after the others.
 */
export function dividePools(
  { customers, pools }: RegistryInForce,
  { direct, pools: sums }: CostGroups,
): readonly (PoolDivision | null)[] {
  const own = direct.map(({ net }) => net)
  const payable = [...own]
  const divisions = new Array<PoolDivision | null>(pools.length).fill(null)
  const places = [...pools.entries()].map(([index, pool]) => ({ index, pool, cost: sums[index]?.net ?? 0n }))
  for (const { index, pool, cost } of [
    ...places.filter(place => place.cost >= 0n),
    ...places.filter(place => place.cost < 0n),
  ]) {
    const division = divide(cost, weightsOf(pool, customers, own), payable)
    divisions[index] = division
    for (const [row, part] of division?.parts.entries() ?? []) {
      payable[row] = (payable[row] ?? 0n) + floorQuotient(cost * part, division?.whole ?? 1n)
    }
  }
  return divisions
}

/**
 * The weight of each customer in a pool. No weight is negative: a customer whose own lines sum to a credit weighs nothing.
 *
 * @param own the cost of each customer's own lines
 */
function weightsOf(
  { policy, weights }: CostPool,
  customers: readonly RegisteredCustomer[],
  own: readonly bigint[],
): readonly bigint[] {
  switch (policy) {
    case 'UNALLOCATED':
      return customers.map(() => 0n)
    case 'EVEN':
      return customers.map(() => 1n)
    case 'PROPORTIONAL':
      return own.map(atLeastZero)
    case 'WEIGHTS': {
      const scale = Math.max(0, ...[...weights.values()].map(weight => weight.scale))
      return customers.map(({ key }) => {
        const weight = weights.get(key)
        return weight ? atLeastZero(rescaled(weight, scale)) : 0n
      })
    }
  }
}

/** @param payable what each customer has to pay so far, rounded down */
function divide(cost: bigint, weights: readonly bigint[], payable: readonly bigint[]): PoolDivision | null {
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  if (sum === 0n) return null
  if (cost >= 0n) return { parts: weights, whole: sum }
  const parts = weights.map((weight, row) => {
    const share = weight * -cost
    const limit = atLeastZero(payable[row] ?? 0n) * sum
    return share < limit ? share : limit
  })
  return { parts, whole: sum * -cost }
}

function floorQuotient(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient
}

function atLeastZero(value: bigint): bigint {
  return value < 0n ? 0n : value
}
