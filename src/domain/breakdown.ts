import { setImmediate } from 'node:timers/promises'
import { compareDecimals, type Decimal, divideDecimals } from './decimal.js'
import type { LineItem } from './line-item.js'
import { sumTaxedMoney, type TaxedMoney } from './taxed-money.js'

/** A property that line items are grouped by. */
export type CostDimension = 'CATEGORY' | 'PRODUCT' | 'REGION' | 'RESOURCE' | 'TYPE'

/** The total cost of the line items with one key. */
export interface CostShare {
  /** `''` for line items without a value. */
  readonly key: string
  readonly count: number
  readonly total: TaxedMoney
  /** Fraction of the net sum, six decimal places; 0 when that sum is zero. */
  readonly share: Decimal
}

const SHARE_SCALE = 6

/** Line items that are added up or grouped in one go. */
const AT_ONCE = 10_000

/**
 * The line items grouped by one dimension, highest net cost first; equal costs in the order billed. Other requests get their turn
 * between large parts of the work.
 */
export async function breakDown(
  lines: readonly LineItem[],
  by: CostDimension,
  currency: string,
): Promise<readonly CostShare[]> {
  const isLarge = lines.length > AT_ONCE
  const whole = totalOf(lines, currency).net
  if (isLarge) await setImmediate()
  const groups = Map.groupBy(lines, line => dimensionOf(line, by))
  const shares: CostShare[] = []
  let added = isLarge ? AT_ONCE : 0
  for (const [key, members] of groups) {
    if (added >= AT_ONCE) {
      await setImmediate()
      added = 0
    }
    const total = totalOf(members, currency)
    const share = whole.digits === 0n ? { digits: 0n, scale: 0 } : divideDecimals(total.net, whole, SHARE_SCALE)
    shares.push({ key, count: members.length, total, share })
    added += members.length
  }
  return shares.sort((left, right) => compareDecimals(right.total.net, left.total.net))
}

function totalOf(lines: readonly LineItem[], currency: string): TaxedMoney {
  return sumTaxedMoney(
    lines.map(line => line.cost),
    currency,
  )
}

/** The value of a line in a dimension; '' for none. */
export function dimensionOf(line: LineItem, by: CostDimension): string {
  switch (by) {
    case 'CATEGORY':
      return line.resource?.category ?? ''
    case 'PRODUCT':
      return line.resource?.product ?? ''
    case 'REGION':
      return line.resource?.region ?? ''
    case 'RESOURCE':
      return line.resource ? (line.resource.name ?? '') : line.name
    case 'TYPE':
      return line.type
  }
}
