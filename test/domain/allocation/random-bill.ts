import type { MonthBill } from '../../../src/domain/allocation/month-bill.js'
import type {
  CostPool,
  CustomerRegistry,
  PoolMatch,
  RegisteredCustomer,
  SharedCostPolicy,
} from '../../../src/domain/customer-registry.js'
import { type Decimal, roundDecimal } from '../../../src/domain/decimal.js'
import type { LineItem, LineItemType } from '../../../src/domain/line-item.js'
import { type Money, sumMoney, toMoney, zeroMoney } from '../../../src/domain/money.js'
import { toPeriod } from '../../../src/domain/period.js'
import { addExactTax, addTax, statedTax, type TaxedMoney } from '../../../src/domain/taxed-money.js'
import type { Random } from '../../fuzz/random.js'

/** A generated bill, and the registry by which it is shared. */
export interface RandomCase {
  readonly bill: MonthBill
  readonly registry: CustomerRegistry
}

/** The largest generated bill. */
export const MAX_LINES = 500
export const MAX_CUSTOMERS = 200

const TAX_RATE: Decimal = { digits: 15n, scale: 2 }
const POLICIES: readonly [SharedCostPolicy, ...SharedCostPolicy[]] = ['UNALLOCATED', 'EVEN', 'PROPORTIONAL', 'WEIGHTS']
const TYPES: readonly [LineItemType, ...LineItemType[]] = [
  'RESOURCE_USAGE',
  'RESOURCE_USAGE',
  'SUPPORT',
  'CREDIT',
  'DISCOUNT',
]
const MATCHES: readonly Partial<PoolMatch>[] = [
  { type: 'SUPPORT' },
  { type: 'CREDIT' },
  { type: 'DISCOUNT' },
  { prefix: 'shared-db' },
  { category: 'Network' },
  {},
]

/** A bill of 0 to 500 lines for 0 to 200 customers, sizes near the small end more often. */
export function randomCase(random: Random): RandomCase {
  const customers = randomCustomers(random)
  const lines = Array.from({ length: random.below(upTo(random, MAX_LINES) + 1) }, (_, position) =>
    randomLine(random, customers, position),
  )
  return {
    bill: toBill(random, lines),
    registry: { customers, pools: randomPools(random, customers), exchangeRates: [] },
  }
}

function randomCustomers(random: Random): readonly RegisteredCustomer[] {
  return Array.from({ length: upTo(random, MAX_CUSTOMERS) }, (_, index) => ({
    key: `k${index}`,
    name: `Customer ${index}`,
    claims: [{ prefix: `c${index}`, match: 'SEGMENT', projectId: null, from: null, until: null, except: [] }],
    buyers: [],
  }))
}

function randomPools(random: Random, customers: readonly RegisteredCustomer[]): readonly CostPool[] {
  const some = MATCHES.filter(() => random.onceIn(2))
  return some.map((match, index) => {
    const policy = random.pick(POLICIES)
    return {
      name: `pool ${index}`,
      match: { type: null, category: null, prefix: null, match: 'SEGMENT', projectId: null, ...match },
      policy,
      weights: policy === 'WEIGHTS' ? randomWeights(random, customers) : new Map(),
    }
  })
}

function randomWeights(random: Random, customers: readonly RegisteredCustomer[]): ReadonlyMap<string, Decimal> {
  const weighted = customers.filter(() => random.onceIn(2))
  return new Map(weighted.map(({ key }) => [key, { digits: BigInt(random.below(30)), scale: random.below(3) }]))
}

function randomLine(random: Random, customers: readonly RegisteredCustomer[], position: number): LineItem {
  const owner = random.onceIn(4) ? undefined : random.pickAny(customers)
  const shared = random.onceIn(3) ? 'shared-db' : random.onceIn(3) ? null : 'other'
  const name = owner ? `${owner.key.replace('k', 'c')}-${position}` : shared
  const net = randomNet(random)
  return {
    kind: 'LineItem',
    source: 'CATALYST',
    documentId: 'p/2026-10-31',
    invoiceId: 'p/2026-10-31',
    position,
    nativeId: null,
    name: name ?? 'product',
    description: null,
    type: random.pick(TYPES),
    rawType: null,
    quantity: null,
    unit: null,
    rate: null,
    cost: random.onceIn(2)
      ? addTax(net, TAX_RATE, random.onceIn(2) ? 'HALF_EVEN' : 'HALF_UP')
      : addExactTax(net, TAX_RATE),
    resource: {
      resourceId: null,
      name,
      region: null,
      category: random.onceIn(3) ? 'Network' : 'Compute',
      product: 'product',
    },
    metricId: null,
    contractId: null,
    planId: null,
  }
}

/** Cents, half cents, or four decimals; one in five is negative. */
function randomNet(random: Random): Money {
  const sign = random.onceIn(5) ? -1n : 1n
  const size = random.pick([100, 10_000, 1_000_000])
  const cents = BigInt(random.below(size))
  if (random.onceIn(2)) return toMoney({ digits: sign * cents, scale: 2 }, 'NZD')
  if (random.onceIn(2)) return toMoney({ digits: sign * (cents * 10n + 5n), scale: 3 }, 'NZD')
  return toMoney({ digits: sign * (cents * 100n + BigInt(random.below(100))), scale: 4 }, 'NZD')
}

function toBill(random: Random, lineItems: readonly LineItem[]): MonthBill {
  const buyer = { kind: 'Buyer', source: 'CATALYST', nativeId: 'p', name: null, deleted: false, address: null } as const
  return {
    basis: 'INVOICE',
    period: toPeriod('2026-10'),
    buyer,
    total: statedTotal(random, lineItems),
    lineItems,
    notices: [],
    asOf: '2026-11-22T00:00:00.000Z',
    stale: false,
  }
}

/** The sum of the lines in cents, at times some cents off. */
function statedTotal(random: Random, lines: readonly LineItem[]): TaxedMoney {
  const stated = (amounts: readonly Money[]): Money => {
    const { digits } = roundDecimal(sumMoney(amounts, 'NZD'), 2, 'HALF_EVEN')
    const noise = random.onceIn(3) ? BigInt(random.below(7)) - 3n : 0n
    return toMoney({ digits: digits + noise, scale: 2 }, 'NZD')
  }
  const net = stated(lines.map(line => line.cost.net))
  const gross = stated([net, ...lines.map(line => line.cost.tax ?? zeroMoney('NZD'))])
  return statedTax(net, gross, TAX_RATE)
}

function upTo(random: Random, largest: number): number {
  return random.below(random.below(largest + 1) + 1)
}
