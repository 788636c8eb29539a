import { compareDecimals, parseDecimal } from '../../domain/decimal.js'
import { type Problem, problem } from '../input-rules.js'

/** The largest markup, in percent. */
const MAX_PERCENT = 1_000

/** A markup in percent: more than -100, up to four decimal places. */
export function checkPercent(percent: string): Problem {
  const isValid =
    /^-?\d{1,4}(\.\d{1,4})?$/.test(percent) && isBetween(percent, -100, MAX_PERCENT) && !isEqual(percent, -100)
  return isValid ? null : problem('markup', percent, `a percentage above -100 and up to ${MAX_PERCENT}, such as "20"`)
}

/** A fixed markup: up to two decimal places. */
export function checkFixed(fixed: string): Problem {
  if (/^-?\d{1,12}(\.\d{1,2})?$/.test(fixed)) return null
  return problem('markup', fixed, 'an amount with up to twelve digits and two decimal places, such as "12.50"')
}

/** An exchange rate: above zero, up to eight decimal places. */
export function checkRate(rate: string): Problem {
  if (/^\d{1,9}(\.\d{1,8})?$/.test(rate) && !isEqual(rate, 0)) return null
  return problem('exchangeRate', rate, 'a number above zero with up to eight decimal places, such as "0.55"')
}

function isBetween(text: string, low: number, high: number): boolean {
  const value = parseDecimal(text)
  return compareDecimals(value, whole(low)) >= 0 && compareDecimals(value, whole(high)) <= 0
}

function isEqual(text: string, number: number): boolean {
  return compareDecimals(parseDecimal(text), whole(number)) === 0
}

function whole(number: number) {
  return { digits: BigInt(number), scale: 0 }
}
