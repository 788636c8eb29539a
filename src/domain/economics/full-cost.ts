import { type CostAllocation, ROUNDING_POOL } from '../allocation/cost-allocation.js'
import { compareDecimals, subtractDecimals } from '../decimal.js'
import { subtractMoney, sumMoney } from '../money.js'
import { sumTaxedMoney, type TaxedMoney } from '../taxed-money.js'

/** A customer's own lines and its share of shared cost on one bill; zero for a customer that has no claim there. */
export function fullCost({ customers, bill }: CostAllocation, key: string): TaxedMoney {
  return customers.find(({ customer }) => customer.key === key)?.total ?? sumTaxedMoney([], bill.net.currency)
}

/**
 * True when a part of the bill should have been shared and was not: lines that neither a customer nor a pool matches, and pools whose
 * weights sum to zero. A pool of the policy UNALLOCATED is the company's own cost.
 */
export function hasUnallocated({ bill, customers, pools }: CostAllocation): boolean {
  const isUnshared = pools.some(
    ({ name, policy, cost, shares }) =>
      name !== ROUNDING_POOL && policy !== 'UNALLOCATED' && shares.length === 0 && cost.digits !== 0n,
  )
  const { currency } = bill.net
  const owned = sumMoney([...customers.map(({ direct }) => direct), ...pools.map(({ cost }) => cost)], currency)
  const rest = subtractMoney(bill.net, owned)
  // Each direct cost is rounded by less than a cent.
  const rounding = { digits: BigInt(customers.length), scale: 2 }
  const size = rest.digits < 0n ? { ...rest, digits: -rest.digits } : rest
  return isUnshared || compareDecimals(subtractDecimals(size, rounding), { digits: 0n, scale: 0 }) > 0
}
