import type { CustomerRegistry, RegisteredCustomer } from '../customer-registry.js'
import { divideDecimals, rescaled } from '../decimal.js'
import { addMoney, type Money, toMoney } from '../money.js'
import type { TaxedMoney, TaxRounding } from '../taxed-money.js'
import { type CostAllocation, type CustomerShare, ROUNDING_POOL, type SharedPool } from './cost-allocation.js'
import { type CostSum, groupCosts, registryInForce } from './cost-groups.js'
import { fingerprintOf } from './fingerprint.js'
import type { MonthBill } from './month-bill.js'
import { dividePools } from './pool-division.js'
import { type BillAmounts, type RoundedShare, shareBill } from './share-bill.js'
import { toSharedPool, unallocatedNotices } from './shared-pool.js'

/**
 * Divides the bill of a project and month among the registered customers. A line belongs to the customer that claims it, or else to
 * the first pool that it matches; a pool is divided by its policy.
 *
 * @param taxRounding how computed tax was rounded
 * @throws RangeError when a line has another currency than the bill
 */
export function allocate(bill: MonthBill, registry: CustomerRegistry, taxRounding: TaxRounding): CostAllocation {
  const inForce = registryInForce(registry, { projectId: bill.buyer.nativeId, month: bill.period.month })
  const { customers } = inForce
  const amounts = amountsOf(bill)
  const sums = groupCosts(bill, inForce, amounts.exactScale)
  const shares = shareBill(amounts, sums, dividePools(inForce, sums))
  const toUnits = (digits: bigint) => toMoney({ digits, scale: amounts.unitScale }, bill.total.net.currency)
  const toExact = (digits: bigint) => toMoney({ digits, scale: amounts.exactScale }, bill.total.net.currency)
  const pools = inForce.pools.map((pool, index) =>
    toSharedPool(pool, customers, toExact(sums.pools[index]?.net ?? 0n), shares.pools[index]?.map(toUnits) ?? null),
  )
  const { period, buyer, basis, total, asOf, stale } = bill
  return {
    period,
    buyer,
    basis,
    bill: total,
    taxRounding,
    customers: shares.customers.map((share, row) =>
      toCustomerShare(customers[row] as RegisteredCustomer, share, total, toUnits),
    ),
    pools: [...pools, ...roundingPool(amounts, sums.all, toExact)],
    unallocated: totalOf(shares.unallocated, total, toUnits),
    fingerprint: fingerprintOf(bill, inForce, taxRounding),
    notices: [...bill.notices, ...pools.flatMap(unallocatedNotices)],
    asOf,
    stale,
  }
}

/** Minimum decimal places of a share. */
const CENTS = 2

function amountsOf({ total: { net, tax }, lineItems }: MonthBill): BillAmounts {
  const unitScale = Math.max(CENTS, net.scale, tax?.scale ?? 0)
  const exactScale = lineItems.reduce(
    (scale, { cost }) => Math.max(scale, cost.net.scale, cost.tax?.scale ?? 0),
    unitScale,
  )
  return { net: rescaled(net, unitScale), tax: tax ? rescaled(tax, unitScale) : 0n, unitScale, exactScale }
}

type ToMoney = (digits: bigint) => Money

function toCustomerShare(
  customer: RegisteredCustomer,
  share: RoundedShare,
  bill: TaxedMoney,
  toUnits: ToMoney,
): CustomerShare {
  const total = totalOf(share, bill, toUnits)
  return {
    customer,
    direct: toUnits(share.direct),
    shared: toUnits(share.shared),
    total,
    share: bill.net.digits === 0n ? null : divideDecimals(total.net, bill.net, 6),
  }
}

function totalOf({ direct, shared, tax: taxDigits }: RoundedShare, bill: TaxedMoney, toUnits: ToMoney): TaxedMoney {
  const net = toUnits(direct + shared)
  const tax = bill.tax && toUnits(taxDigits)
  return { net, tax, gross: tax && addMoney(net, tax), taxRate: bill.taxRate, taxBasis: tax ? 'COMPUTED' : 'UNKNOWN' }
}

/** The difference between the bill as stated and its lines; none when there is no difference in net or tax. */
function roundingPool(bill: BillAmounts, lines: CostSum, toExact: ToMoney): readonly SharedPool[] {
  const exact = (digits: bigint) => rescaled({ digits, scale: bill.unitScale }, bill.exactScale)
  const difference = exact(bill.net) - lines.net
  if (difference === 0n && exact(bill.tax) === lines.tax) return []
  return [{ name: ROUNDING_POOL, policy: 'UNALLOCATED', cost: toExact(difference), shares: [] }]
}
