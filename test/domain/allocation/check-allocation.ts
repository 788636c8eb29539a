import type { CostAllocation } from '../../../src/domain/allocation/cost-allocation.js'
import type { MonthBill } from '../../../src/domain/allocation/month-bill.js'
import type { CostPool, CustomerRegistry } from '../../../src/domain/customer-registry.js'
import { type Decimal, formatDecimal, rescaled } from '../../../src/domain/decimal.js'
import { type LineItem, resourceName } from '../../../src/domain/line-item.js'
import type { RandomCase } from './random-bill.js'

/** An exact fraction of a cent's ten thousandth. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

/** The exact part of a customer, computed without any of the code under test but decimals. */
export interface ExactPart {
  readonly net: Fraction
  readonly tax: Fraction
}

const SCALE = 8
const CENT = 10n ** BigInt(SCALE - 2)

/**
 * What is wrong with an allocation; null when nothing is.
 *
 * @param exact of `exactParts`
 */
export function faultOf(allocation: CostAllocation, exact: ReadonlyMap<string, ExactPart>): string | null {
  return (
    differentSum(allocation) ??
    wrongShare(allocation, exact) ??
    wrongPool(allocation) ??
    wrongRemainders(allocation, exact)
  )
}

function differentSum({ bill, customers, unallocated }: CostAllocation): string | null {
  for (const side of ['net', 'tax', 'gross'] as const) {
    const sum = [...customers.map(({ total }) => total), unallocated].reduce(
      (all, total) => all + digitsOf(total[side]),
      0n,
    )
    if (sum !== digitsOf(bill[side]))
      return `${side}: shares sum to ${show(sum)}, the bill is ${show(digitsOf(bill[side]))}`
  }
  return null
}

function wrongShare(
  { customers, unallocated, pools }: CostAllocation,
  exact: ReadonlyMap<string, ExactPart>,
): string | null {
  if (customers.length !== exact.size) return `${customers.length} customers instead of ${exact.size}`
  for (const { customer, direct, shared, total } of customers) {
    const part = exact.get(customer.key)
    if (!part) return `${customer.key}: not expected`
    if (isCentOff(digitsOf(total.net), part.net)) return `${customer.key}: net is ${show(digitsOf(total.net))}`
    if (isCentOff(digitsOf(total.tax), part.tax)) return `${customer.key}: tax is ${show(digitsOf(total.tax))}`
    if (part.net.over >= 0n && total.net.digits < 0n) return `${customer.key}: negative by the credit of others`
    if (digitsOf(direct) + digitsOf(shared) !== digitsOf(total.net))
      return `${customer.key}: direct and shared are not net`
    if (digitsOf(total.net) + digitsOf(total.tax) !== digitsOf(total.gross)) return `${customer.key}: gross`
    const ofPools = pools.flatMap(pool => pool.shares.filter(share => share.customer.key === customer.key))
    const sum = ofPools.reduce((all, { amount }) => all + digitsOf(amount), 0n)
    if (sum !== digitsOf(shared)) return `${customer.key}: pools sum to ${show(sum)}, not ${show(digitsOf(shared))}`
  }
  if (digitsOf(unallocated.net) + digitsOf(unallocated.tax) !== digitsOf(unallocated.gross)) return 'unallocated: gross'
  return null
}

function wrongPool({ pools }: CostAllocation): string | null {
  for (const { name, cost, shares } of pools) {
    const sum = shares.reduce((all, { amount }) => all + digitsOf(amount), 0n)
    const whole = digitsOf(cost)
    if (whole >= 0n ? sum > whole || sum < 0n : sum < whole || sum > 0n)
      return `${name}: shares ${show(sum)} of ${show(whole)}`
    if (whole > 0n && shares.length > 0 && sum !== whole) return `${name}: a cost is shared in part`
  }
  return null
}

/** Tax has no pools of its own: the cents go to the largest remainders, of equal ones to the first key, last to what is unallocated. */
function wrongRemainders(
  { bill, customers, unallocated }: CostAllocation,
  exact: ReadonlyMap<string, ExactPart>,
): string | null {
  const parts = customers.map(({ customer, total }) => ({ part: exact.get(customer.key)?.tax ?? whole(0n), total }))
  const rest = parts.reduce((left, { part }) => plus(left, negative(part)), whole(digitsOf(bill.tax)))
  const fractional = [...parts, { part: rest, total: unallocated }]
    .map(({ part, total }) => ({ remainder: remainderOf(part), isUp: digitsOf(total.tax) > floorOf(part) }))
    .filter(({ remainder }) => remainder.over !== 0n)
    .sort((left, right) => compare(right.remainder, left.remainder))
  const firstDown = fractional.findIndex(({ isUp }) => !isUp)
  return firstDown >= 0 && fractional.slice(firstDown).some(({ isUp }) => isUp) ? 'tax: not by largest remainder' : null
}

/** The exact part of each customer by key: the plain formula, in fractions. */
export function exactParts({ bill, registry }: RandomCase): ReadonlyMap<string, ExactPart> {
  const owned = Map.groupBy(bill.lineItems, line => ownerOf(line, registry))
  const sum = (lines: readonly LineItem[], side: 'net' | 'tax') =>
    lines.reduce((all, line) => all + digitsOf(line.cost[side]), 0n)
  const direct = new Map(registry.customers.map(({ key }) => [key, sum(owned.get(key) ?? [], 'net')]))
  const parts = new Map(
    registry.customers.map(({ key }) => {
      const lines = owned.get(key) ?? []
      return [key, { net: whole(sum(lines, 'net')), tax: whole(sum(lines, 'tax')) }]
    }),
  )
  const payable = new Map(direct)
  const finest = finestDigit(bill)
  const costs = registry.pools.map(pool => {
    const lines = owned.get(pool) ?? []
    return { pool, net: sum(lines, 'net'), tax: sum(lines, 'tax') }
  })
  for (const { pool, net, tax } of [...costs.filter(cost => cost.net >= 0n), ...costs.filter(cost => cost.net < 0n)]) {
    const weights = new Map(registry.customers.map(({ key }) => [key, weightOf(pool, key, direct)]))
    const all = [...weights.values()].reduce((total, weight) => total + weight, 0n)
    if (all === 0n) continue
    for (const [key, weight] of weights) {
      const share = limited(net, weight, all, payable.get(key) ?? 0n)
      payable.set(key, (payable.get(key) ?? 0n) + floorOf({ ...share, under: share.under * finest }) * finest)
      const before = parts.get(key) ?? { net: whole(0n), tax: whole(0n) }
      // A credit that is shared in part takes the same part of its tax along.
      const ofTax = net < 0n ? { over: share.over * tax, under: share.under * net } : { over: tax * weight, under: all }
      parts.set(key, { net: plus(before.net, share), tax: plus(before.tax, ofTax) })
    }
  }
  return parts
}

/** One unit of the last decimal place in the bill: what a customer has to pay is rounded down to it, pool by pool. */
function finestDigit({ lineItems }: MonthBill): bigint {
  const scales = lineItems.flatMap(({ cost }) => [cost.net.scale, cost.tax?.scale ?? 2])
  return 10n ** BigInt(SCALE - scales.reduce((finest, scale) => Math.max(finest, scale), 2))
}

/** A weight's share of a pool; of a credit no more than is payable. */
function limited(net: bigint, weight: bigint, all: bigint, payable: bigint): Fraction {
  const share = { over: net * weight, under: all }
  const limit = payable > 0n ? payable : 0n
  return share.over < -limit * all ? whole(-limit) : share
}

function weightOf({ policy, weights }: CostPool, key: string, direct: ReadonlyMap<string, bigint>): bigint {
  if (policy === 'UNALLOCATED') return 0n
  if (policy === 'EVEN') return 1n
  const weight = policy === 'WEIGHTS' ? digitsOf(weights.get(key) ?? null) : (direct.get(key) ?? 0n)
  return weight > 0n ? weight : 0n
}

function ownerOf(line: LineItem, { customers, pools }: CustomerRegistry): string | CostPool | null {
  const name = resourceName(line)
  const [segment] = name?.split(/[-_./:]/) ?? []
  const claimant = customers.find(({ claims: [{ prefix }] }) => prefix === segment)
  const fits = ({ match }: CostPool) =>
    (match.type ?? line.type) === line.type &&
    (match.category ?? line.resource?.category) === line.resource?.category &&
    (match.prefix ?? name) === name
  return claimant?.key ?? pools.find(fits) ?? null
}

/** Half to even, each on its own, as a spreadsheet would round the shares. */
export function naiveSum(exact: ReadonlyMap<string, ExactPart>, billNet: Decimal): bigint {
  const nets = [...exact.values()].map(({ net }) => net)
  const rest = nets.reduce((left, part) => plus(left, negative(part)), whole(digitsOf(billNet)))
  return [...nets, rest].reduce((sum, part) => sum + toCents(part), 0n)
}

function toCents({ over, under }: Fraction): bigint {
  const sign = over < 0n !== under < 0n ? -1n : 1n
  const [magnitude, unit] = [over < 0n ? -over : over, (under < 0n ? -under : under) * CENT]
  const [cents, left] = [magnitude / unit, (magnitude % unit) * 2n]
  return sign * (left > unit || (left === unit && cents % 2n === 1n) ? cents + 1n : cents)
}

function isCentOff(amount: bigint, { over, under }: Fraction): boolean {
  const difference = amount * under - over
  const cent = CENT * under
  return (difference < 0n ? -difference : difference) >= (cent < 0n ? -cent : cent)
}

function whole(over: bigint): Fraction {
  return { over, under: 1n }
}

function plus(left: Fraction, right: Fraction): Fraction {
  return { over: left.over * right.under + right.over * left.under, under: left.under * right.under }
}

function negative({ over, under }: Fraction): Fraction {
  return { over: -over, under }
}

/** What a part exceeds whole cents by; from 0 to less than a cent. */
function remainderOf({ over, under }: Fraction): Fraction {
  const [up, down] = under < 0n ? [-over, -under] : [over, under]
  const cent = CENT * down
  return { over: ((up % cent) + cent) % cent, under: down }
}

function compare(left: Fraction, right: Fraction): number {
  const [first, second] = [left.over * right.under, right.over * left.under]
  return first < second ? -1 : first > second ? 1 : 0
}

function floorOf({ over, under }: Fraction): bigint {
  const quotient = over / under
  return over % under !== 0n && over < 0n !== under < 0n ? quotient - 1n : quotient
}

function digitsOf(amount: Decimal | null): bigint {
  return amount ? rescaled(amount, SCALE) : 0n
}

function show(digits: bigint): string {
  return formatDecimal({ digits, scale: SCALE })
}
