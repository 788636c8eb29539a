import { addDecimals, type Decimal, parseDecimal, rescaled, roundDecimal, subtractDecimals } from './decimal.js'

/** An exact amount in one currency. 12.50 NZD is `{ digits: 1250n, scale: 2, currency: 'NZD' }`. */
export interface Money extends Decimal {
  /** ISO 4217 code, upper case; `XXX` if the upstream states none. */
  readonly currency: string
}

/** Minimum decimal places of a sum: an empty total prints `0.00`. */
const SUM_SCALE = 2

/** A decimal as an amount of `currency`. */
export function toMoney(amount: Decimal, currency: string): Money {
  return { digits: amount.digits, scale: amount.scale, currency }
}

/**
 * Reads a decimal amount exactly as an upstream wrote it.
 *
 * @throws RangeError when `text` is not a decimal number
 */
export function parseMoney(text: string, currency: string): Money {
  return toMoney(parseDecimal(text), currency)
}

/** Zero in `currency`; prints `0.00`. */
export function zeroMoney(currency: string): Money {
  return { digits: 0n, scale: SUM_SCALE, currency }
}

/**
 * The sum of two amounts.
 *
 * @throws RangeError when the currencies differ
 */
export function addMoney(augend: Money, addend: Money): Money {
  return toMoney(addDecimals(augend, addend), commonCurrency(augend, addend))
}

/**
 * The difference of two amounts.
 *
 * @throws RangeError when the currencies differ
 */
export function subtractMoney(minuend: Money, subtrahend: Money): Money {
  return toMoney(subtractDecimals(minuend, subtrahend), commonCurrency(minuend, subtrahend))
}

/**
 * The sum of all amounts, with at least two decimal places.
 *
 * @param currency the currency of every amount, and of an empty sum
 * @throws RangeError when an amount has another currency
 */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  // One running integer, rescaled only for a longer fraction: a bill can have twenty thousand lines.
  let scale = SUM_SCALE
  let digits = 0n
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new RangeError(`cannot add ${amount.currency} to ${currency}`)
    if (amount.scale > scale) {
      digits = rescaled({ digits, scale }, amount.scale)
      scale = amount.scale
    }
    digits += rescaled(amount, scale)
  }
  return { digits, scale, currency }
}

/** The amount rounded to cents, halves to even like Distil. An amount with fewer decimal places stays as stated. */
export function roundToCents(amount: Money): Money {
  return toMoney(roundDecimal(amount, 2, 'HALF_EVEN'), amount.currency)
}

function commonCurrency(left: Money, right: Money): string {
  if (left.currency !== right.currency) throw new RangeError(`cannot add ${right.currency} to ${left.currency}`)
  return left.currency
}
