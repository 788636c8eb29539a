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

/** The line items grouped by one dimension, highest net cost first; equal costs in the order billed. */
export function breakDown(lines: readonly LineItem[], by: CostDimension, currency: string): readonly CostShare[] {
  const whole = sumTaxedMoney(
    lines.map(line => line.cost),
    currency,
  ).net
  const groups = Map.groupBy(lines, line => keyOf(line, by))
  const shares = [...groups].map(([key, members]): CostShare => {
    const total = sumTaxedMoney(
      members.map(line => line.cost),
      currency,
    )
    const share = whole.digits === 0n ? { digits: 0n, scale: 0 } : divideDecimals(total.net, whole, SHARE_SCALE)
    return { key, count: members.length, total, share }
  })
  return shares.sort((left, right) => compareDecimals(right.total.net, left.total.net))
}

function keyOf(line: LineItem, by: CostDimension): string {
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
