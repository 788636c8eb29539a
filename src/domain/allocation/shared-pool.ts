import type { CostPool, RegisteredCustomer } from '../customer-registry.js'
import { type Money, subtractMoney, sumMoney } from '../money.js'
import type { Notice } from '../notice.js'
import type { SharedPool } from './cost-allocation.js'

/**
 * A pool with its shares.
 *
 * @param cost of the lines of the pool
 * @param parts the share of each customer, then what is unallocated; null when the pool is not divided
 */
export function toSharedPool(
  { name, policy }: CostPool,
  customers: readonly RegisteredCustomer[],
  cost: Money,
  parts: readonly Money[] | null,
): SharedPool {
  if (parts === null) return { name, policy, cost, shares: [] }
  const shares = customers.flatMap((customer, row) => {
    const amount = parts[row]
    return amount ? [{ customer, amount }] : []
  })
  return { name, policy, cost: sumMoney(parts, cost.currency), shares }
}

/** Warns of a pool, or a part of one, that is unallocated although its policy is to share it. */
export function unallocatedNotices({ name, policy, cost, shares }: SharedPool): readonly Notice[] {
  if (policy === 'UNALLOCATED') return []
  const shared = sumMoney(
    shares.map(({ amount }) => amount),
    cost.currency,
  )
  const left = subtractMoney(cost, shared)
  if (left.digits === 0n) return []
  const message =
    shares.length === 0
      ? `The pool ${JSON.stringify(name)} is not shared: no customer has a weight above zero.`
      : `A part of the credit in the pool ${JSON.stringify(name)} is not shared: it exceeds what the customers pay.`
  return [{ code: 'POOL_UNALLOCATED', message, difference: left }]
}
