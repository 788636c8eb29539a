import { rescaled, roundDecimal } from '../decimal.js'
import type { CostGroups } from './cost-groups.js'
import type { PoolDivision } from './pool-division.js'
import { roundTable } from './table-rounding.js'

/** A bill to be shared, in digits of `unitScale`. */
export interface BillAmounts {
  readonly net: bigint
  readonly tax: bigint
  /** Decimal places of the bill and of every share. */
  readonly unitScale: number
  /** Decimal places of the sums of the lines; at least `unitScale`. */
  readonly exactScale: number
}

/** The rounded part of a customer, or what is unallocated, in digits of `unitScale`. */
export interface RoundedShare {
  /** Without tax and pools. */
  readonly direct: bigint
  /** Of all pools that are divided, without tax. */
  readonly shared: bigint
  readonly tax: bigint
}

/** The shares of a bill. */
export interface BillShares {
  readonly customers: readonly RoundedShare[]
  readonly unallocated: RoundedShare
  /** For each pool that is divided: its parts by customer, then what is unallocated. Null for another pool. */
  readonly pools: readonly (readonly bigint[] | null)[]
}

/**
 * Shares a bill out. Net and tax are rounded by largest remainder, each on its own: the shares sum to the bill, and no customer's net or
 * tax, and no share of a pool, is a whole unit off.
 *
 * @param divisions of the pools; null for one that is not divided
 */
export function shareBill(
  bill: BillAmounts,
  { direct, pools }: CostGroups,
  divisions: readonly (PoolDivision | null)[],
): BillShares {
  const common = divisions.reduce((product, division) => product * (division?.whole ?? 1n), 1n)
  const step = 10n ** BigInt(bill.exactScale - bill.unitScale)
  const one = common * step
  const divided = [...divisions.entries()].flatMap(([index, division]) => {
    const pool = pools[index]
    if (!division || !pool) return []
    const units = toUnits(pool.net, bill)
    const factor = common / division.whole
    // With fractions of a unit in the lines, what rounding takes from the pool is shared like it, as part of the direct cost.
    return [
      { index, units, rest: pool.net - units * step, tax: pool.tax, parts: division.parts.map(part => part * factor) },
    ]
  })
  const ownNet = direct.map(({ net }, row) =>
    divided.reduce((sum, { parts, rest }) => sum + (parts[row] ?? 0n) * rest, net * common),
  )
  const ownTax = direct.map(({ tax }, row) =>
    divided.reduce((sum, pool) => sum + (pool.parts[row] ?? 0n) * pool.tax, tax * common),
  )
  const undivided = divided.reduce((rest, { units }) => rest - units, bill.net)
  const [own = [], ...shares] = roundTable(
    [
      withRest(ownNet, undivided * one),
      ...divided.map(({ parts, units }) =>
        withRest(
          parts.map(part => part * units * step),
          units * one,
        ),
      ),
    ],
    one,
  )
  const [tax = []] = roundTable([withRest(ownTax, bill.tax * one)], one)
  const rows = own.map((amount, row) => ({
    direct: amount,
    shared: shares.reduce((sum, pool) => sum + (pool[row] ?? 0n), 0n),
    tax: tax[row] ?? 0n,
  }))
  const shareOf = new Map(divided.map(({ index }, column) => [index, shares[column] ?? []]))
  return {
    customers: rows.slice(0, direct.length),
    unallocated: rows[direct.length] ?? { direct: 0n, shared: 0n, tax: 0n },
    pools: divisions.map((_, index) => shareOf.get(index) ?? null),
  }
}

/** The parts, and what is left of the total. */
function withRest(parts: readonly bigint[], total: bigint): readonly bigint[] {
  return [...parts, parts.reduce((rest, part) => rest - part, total)]
}

function toUnits(digits: bigint, { unitScale, exactScale }: BillAmounts): bigint {
  return rescaled(roundDecimal({ digits, scale: exactScale }, unitScale, 'HALF_EVEN'), unitScale)
}
