import { addDecimals, compareDecimals, type Decimal, divideDecimals, multiplyDecimals } from './decimal.js'
import { addMoney, type Money, roundToCents, subtractMoney, sumMoney, toMoney } from './money.js'

/** Where tax and gross come from: stated by the upstream, computed by us, or not known. */
export type TaxBasis = 'STATED' | 'COMPUTED' | 'UNKNOWN'

/** An amount without and with tax. The upstream's figures stay as stated: gross need not be net + tax to the cent. */
export interface TaxedMoney {
  readonly net: Money
  readonly tax: Money | null
  readonly gross: Money | null
  /** A fraction: 0.15 for 15 %. */
  readonly taxRate: Decimal | null
  readonly taxBasis: TaxBasis
}

const ONE: Decimal = { digits: 1n, scale: 0 }

/** Net and gross as the upstream states them; the tax is what lies between. */
export function statedTax(net: Money, gross: Money, taxRate: Decimal): TaxedMoney {
  return { net, gross, tax: subtractMoney(gross, net), taxRate, taxBasis: 'STATED' }
}

/** A net amount with the tax we compute, rounded to cents as the upstream rounds its own lines. */
export function addTax(net: Money, taxRate: Decimal): TaxedMoney {
  const gross = roundToCents(toMoney(multiplyDecimals(net, addDecimals(ONE, taxRate)), net.currency))
  return { net, gross, tax: subtractMoney(gross, net), taxRate, taxBasis: 'COMPUTED' }
}

/** A net amount with the exact tax we compute, not rounded: for parts of a bill that is rounded as a whole. */
export function addExactTax(net: Money, taxRate: Decimal): TaxedMoney {
  const tax = toMoney(multiplyDecimals(net, taxRate), net.currency)
  return { net, tax, gross: addMoney(net, tax), taxRate, taxBasis: 'COMPUTED' }
}

/** A gross amount with the net we compute, rounded to cents. */
export function removeTax(gross: Money, taxRate: Decimal): TaxedMoney {
  const net = toMoney(divideDecimals(gross, addDecimals(ONE, taxRate), 2), gross.currency)
  return { net, gross, tax: subtractMoney(gross, net), taxRate, taxBasis: 'COMPUTED' }
}

/**
 * The sum of all. Its tax is as certain as the least certain part; a rate only where all parts share it.
 *
 * @throws RangeError when a part is of another currency
 */
export function sumTaxedMoney(parts: readonly TaxedMoney[], currency: string): TaxedMoney {
  const net = sumMoney(
    parts.map(part => part.net),
    currency,
  )
  return {
    net,
    tax: sumOfKnown(
      parts.map(part => part.tax),
      currency,
    ),
    gross: sumOfKnown(
      parts.map(part => part.gross),
      currency,
    ),
    taxRate: sharedRate(parts),
    taxBasis: weakestBasis(parts),
  }
}

function sumOfKnown(amounts: readonly (Money | null)[], currency: string): Money | null {
  const known = amounts.filter(amount => amount !== null)
  return known.length === amounts.length ? sumMoney(known, currency) : null
}

function sharedRate(parts: readonly TaxedMoney[]): Decimal | null {
  const first = parts[0]?.taxRate ?? null
  const shared = parts.every(part => part.taxRate && first && compareDecimals(part.taxRate, first) === 0)
  return shared ? first : null
}

function weakestBasis(parts: readonly TaxedMoney[]): TaxBasis {
  if (parts.some(part => part.taxBasis === 'UNKNOWN')) return 'UNKNOWN'
  // Nobody states the sum of nothing.
  return parts.length === 0 || parts.some(part => part.taxBasis === 'COMPUTED') ? 'COMPUTED' : 'STATED'
}
