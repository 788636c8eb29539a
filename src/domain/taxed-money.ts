import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  type RoundingMode,
  roundDecimal,
} from './decimal.js'
import { addMoney, type Money, subtractMoney, sumMoney, toMoney } from './money.js'

/** The origin of tax and gross: stated by the upstream, computed by the gateway, or unknown. */
export type TaxBasis = 'STATED' | 'COMPUTED' | 'UNKNOWN'

/** An amount without and with tax. Figures stay as the upstream stated them, so gross can differ from net + tax by cents. */
export interface TaxedMoney {
  readonly net: Money
  readonly tax: Money | null
  readonly gross: Money | null
  /** A fraction: 0.15 for 15 %. */
  readonly taxRate: Decimal | null
  readonly taxBasis: TaxBasis
}

/** How a computed tax is rounded to cents: an exact half to the even neighbour, as Distil does, or away from zero. */
export type TaxRounding = 'HALF_EVEN' | 'HALF_UP'

const MODES: Readonly<Record<TaxRounding, RoundingMode>> = { HALF_EVEN: 'HALF_EVEN', HALF_UP: 'HALF_AWAY_FROM_ZERO' }

const ONE: Decimal = { digits: 1n, scale: 0 }

/** Net and gross as stated by the upstream, with their difference as the tax. */
export function statedTax(net: Money, gross: Money, taxRate: Decimal): TaxedMoney {
  return { net, gross, tax: subtractMoney(gross, net), taxRate, taxBasis: 'STATED' }
}

/** A net amount with a computed tax: gross is rounded to cents, like the upstream's own lines. */
export function addTax(net: Money, taxRate: Decimal, rounding: TaxRounding = 'HALF_EVEN'): TaxedMoney {
  const exact = multiplyDecimals(net, addDecimals(ONE, taxRate))
  const gross = toMoney(roundDecimal(exact, 2, MODES[rounding]), net.currency)
  return { net, gross, tax: subtractMoney(gross, net), taxRate, taxBasis: 'COMPUTED' }
}

/** A net amount with a computed tax that is not rounded: for parts of a bill that is rounded as a whole. */
export function addExactTax(net: Money, taxRate: Decimal): TaxedMoney {
  const tax = toMoney(multiplyDecimals(net, taxRate), net.currency)
  return { net, tax, gross: addMoney(net, tax), taxRate, taxBasis: 'COMPUTED' }
}

/** A gross amount with a computed net, rounded to cents. */
export function removeTax(gross: Money, taxRate: Decimal, rounding: TaxRounding = 'HALF_EVEN'): TaxedMoney {
  const net = toMoney(divideDecimals(gross, addDecimals(ONE, taxRate), 2, MODES[rounding]), gross.currency)
  return { net, gross, tax: subtractMoney(gross, net), taxRate, taxBasis: 'COMPUTED' }
}

/**
 * The sum of all parts. Its tax basis is that of the least certain part; it has a rate only if all parts share it.
 *
 * @throws RangeError when a part has another currency
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
  const shared = parts.every(
    // Mostly the same object.
    ({ taxRate }) => taxRate && first && (taxRate === first || compareDecimals(taxRate, first) === 0),
  )
  return shared ? first : null
}

function weakestBasis(parts: readonly TaxedMoney[]): TaxBasis {
  if (parts.some(part => part.taxBasis === 'UNKNOWN')) return 'UNKNOWN'
  // The sum of no parts is computed, not stated.
  return parts.length === 0 || parts.some(part => part.taxBasis === 'COMPUTED') ? 'COMPUTED' : 'STATED'
}
