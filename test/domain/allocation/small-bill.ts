import { allocate } from '../../../src/domain/allocation/allocate.js'
import type { CostAllocation } from '../../../src/domain/allocation/cost-allocation.js'
import type { MonthBill } from '../../../src/domain/allocation/month-bill.js'
import type { CostPool, CustomerClaim, CustomerRegistry, PoolMatch } from '../../../src/domain/customer-registry.js'
import { EMPTY_REGISTRY } from '../../../src/domain/customer-registry.js'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import { type Money, parseMoney, sumMoney, zeroMoney } from '../../../src/domain/money.js'
import { toPeriod } from '../../../src/domain/period.js'
import { addTax, statedTax } from '../../../src/domain/taxed-money.js'

const GST = parseDecimal('0.15')

/** A line of Compute, with 15 % GST. `<name>` and net, such as `a-web 10.00`. */
export function line(text: string, more: Partial<LineItem> = {}, category = 'Compute'): LineItem {
  const [name = '', net = ''] = text.split(' ')
  return {
    kind: 'LineItem',
    source: 'CATALYST',
    documentId: 'p1/2026-10-31',
    invoiceId: 'p1/2026-10-31',
    position: 0,
    nativeId: null,
    name,
    description: null,
    type: 'RESOURCE_USAGE',
    rawType: category,
    quantity: null,
    unit: null,
    rate: null,
    cost: addTax(parseMoney(net, 'NZD'), GST, 'HALF_EVEN'),
    resource: { resourceId: null, name, region: null, category, product: 'c1' },
    metricId: null,
    contractId: null,
    planId: null,
    ...more,
  }
}

/** The bill of project p1 in October 2026. @param stated net and gross; the sums of the lines by default */
export function bill(lineItems: readonly LineItem[], stated?: readonly [string, string]): MonthBill {
  const sum = (amounts: readonly (Money | null)[]) =>
    sumMoney(
      amounts.map(amount => amount ?? zeroMoney('NZD')),
      'NZD',
    )
  const [net, gross] = stated?.map(text => parseMoney(text, 'NZD')) ?? [
    sum(lineItems.map(({ cost }) => cost.net)),
    sum(lineItems.map(({ cost }) => cost.gross)),
  ]
  return {
    basis: 'INVOICE',
    period: toPeriod('2026-10'),
    buyer: { kind: 'Buyer', source: 'CATALYST', nativeId: 'p1', name: 'one', deleted: false, address: null },
    total: statedTax(net ?? zeroMoney('NZD'), gross ?? zeroMoney('NZD'), GST),
    lineItems,
    notices: [],
    asOf: '2026-11-22T00:00:00.000Z',
    stale: false,
  }
}

/** A customer that claims the names of its key: `a` claims `a` and `a-web`. */
export function customer(key: string, claim: Partial<CustomerClaim> = {}): CustomerRegistry['customers'][number] {
  const scope = { projectId: null, from: null, until: null, except: [] }
  return { key, name: `Customer ${key}`, claims: [{ prefix: key, match: 'SEGMENT', ...scope, ...claim }], buyers: [] }
}

/** A pool; `weights` as in the registry file. */
export function pool(
  policy: CostPool['policy'],
  match: Partial<PoolMatch> = {},
  weights: Readonly<Record<string, string>> = {},
): CostPool {
  return {
    name: policy.toLowerCase(),
    match: { type: null, category: null, prefix: null, match: 'SEGMENT', projectId: null, ...match },
    policy,
    weights: new Map(Object.entries(weights).map(([key, weight]) => [key, parseDecimal(weight)])),
  }
}

/** A registry of these customers and pools. */
export function registry(keys: string, pools: readonly CostPool[] = []): CustomerRegistry {
  return { ...EMPTY_REGISTRY, customers: keys === '' ? [] : keys.split(' ').map(key => customer(key)), pools }
}

/** An allocation as text: of each customer `a: 10.00 + 3.34, tax 2.00`, then each pool and what is unallocated. */
export function share(ofBill: MonthBill, by: CustomerRegistry): readonly string[] {
  return describeShares(allocate(ofBill, by, 'HALF_EVEN'))
}

/** See `share`. */
export function describeShares({ customers, pools, unallocated }: CostAllocation): readonly string[] {
  const text = (amount: Money | null) => (amount ? formatDecimal(amount) : '?')
  return [
    ...customers.map(
      ({ customer: { key }, direct, shared, total }) =>
        `${key}: ${text(direct)} + ${text(shared)}, tax ${text(total.tax)}`,
    ),
    ...pools.map(({ name, cost, shares }) =>
      [`${name} ${text(cost)}:`, ...shares.map(one => `${one.customer.key} ${text(one.amount)}`)].join(' '),
    ),
    `unallocated ${text(unallocated.net)}, tax ${text(unallocated.tax)}`,
  ]
}
