import { type CostDimension, dimensionOf } from '../breakdown.js'
import { addDecimals, type Decimal, multiplyDecimals, rescaled, roundDecimal } from '../decimal.js'
import type { LineItem } from '../line-item.js'
import { type Money, sumMoney, toMoney } from '../money.js'
import { chargeDescription, MARKUP_NAME, nameOfGroup } from './charge-text.js'
import { type ChargeKind, chargeIdentity } from './charged-month.js'
import type { ChargeableCost, OnChargeTerms } from './terms.js'

/** One line that an invoice should have. */
export interface Charge {
  readonly kind: ChargeKind
  readonly identity: string
  /** Up to 255 characters that 3scale can store. */
  readonly name: string
  /** Without its marker. */
  readonly description: string
  /** Without tax, with two decimal places. */
  readonly amount: Money
}

/** What is to be charged for a month. The charges sum to the total. */
export interface Charges {
  readonly total: Money
  /** By name; none of them is zero. */
  readonly charges: readonly Charge[]
}

const ONE: Decimal = { digits: 1n, scale: 0 }
const CENTS = 2

/**
 * The lines for a cost. The total is rounded once, an exact half to the even cent, and divided by largest remainder: each line is less
 * than a cent off its exact amount. Of equal remainders the first name gets the cent.
 *
 * @param currency of the invoice
 */
export function chargesFor(cost: ChargeableCost, terms: OnChargeTerms, currency: string): Charges {
  const parts = [...costParts(cost, terms), ...markupPart(cost, terms)].sort(byName)
  const scale = Math.max(CENTS, ...parts.map(({ exact }) => exact.scale))
  const exact = parts.map(part => rescaled(part.exact, scale))
  const sum = exact.reduce((total, digits) => total + digits, 0n)
  const total = rescaled(roundDecimal({ digits: sum, scale }, CENTS, 'HALF_EVEN'), CENTS)
  const cents = divide(exact, 10n ** BigInt(scale - CENTS), total)
  const toCents = (digits: bigint): Money => toMoney({ digits, scale: CENTS }, currency)
  const charges = parts.map(({ exact: _, ...part }, index) => ({ ...part, amount: toCents(cents[index] ?? 0n) }))
  return { total: toCents(total), charges: charges.filter(({ amount }) => amount.digits !== 0n) }
}

type Part = Omit<Charge, 'amount'> & { readonly exact: Decimal }

/** Resources whose names are the same as 3scale stores them share a line. */
function costParts(cost: ChargeableCost, { groupBy, markup, exchangeRate }: OnChargeTerms): readonly Part[] {
  const factor = multiplyDecimals(
    exchangeRate ?? ONE,
    markup && 'percent' in markup ? percentFactor(markup.percent) : ONE,
  )
  return [...groupLines(cost.lines, groupBy)].map(([name, lines]) => ({
    kind: 'COST',
    identity: chargeIdentity(cost, 'COST', name),
    name,
    description: chargeDescription(cost.month, lines),
    exact: multiplyDecimals(sumOf(lines, cost.currency), factor),
  }))
}

function markupPart(cost: ChargeableCost, { markup }: OnChargeTerms): readonly Part[] {
  if (!markup || !('fixed' in markup)) return []
  const identity = chargeIdentity(cost, 'MARKUP', MARKUP_NAME)
  const description = chargeDescription(cost.month, [])
  return [{ kind: 'MARKUP', identity, name: MARKUP_NAME, description, exact: markup.fixed }]
}

function groupLines(lines: readonly LineItem[], by: CostDimension): ReadonlyMap<string, readonly LineItem[]> {
  return Map.groupBy(lines, line => nameOfGroup(by, dimensionOf(line, by)))
}

function sumOf(lines: readonly LineItem[], currency: string): Decimal {
  return sumMoney(
    lines.map(({ cost }) => cost.net),
    currency,
  )
}

/** 20 % is 1.20. */
function percentFactor({ digits, scale }: Decimal): Decimal {
  return addDecimals(ONE, { digits, scale: scale + 2 })
}

/** Whole parts that sum to the total, which is the rounded sum of the exact parts. @param one the exact parts in a whole one */
function divide(exact: readonly bigint[], one: bigint, total: bigint): readonly bigint[] {
  const remainders = exact.map(part => ((part % one) + one) % one)
  const whole = exact.map((part, index) => (part - (remainders[index] ?? 0n)) / one)
  const missing = Number(whole.reduce((left, part) => left - part, total))
  // The sort is stable: parts with equal remainders stay in order.
  const largest = [...remainders.entries()].sort(([, left], [, right]) => (left > right ? -1 : left < right ? 1 : 0))
  for (const [index] of largest.slice(0, missing)) whole[index] = (whole[index] ?? 0n) + 1n
  return whole
}

/** Compares code units, so that the order does not depend on the machine's locale. */
function byName(left: Part, right: Part): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : left.kind < right.kind ? -1 : 1
}
