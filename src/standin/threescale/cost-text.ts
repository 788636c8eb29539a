import { type Decimal, parseDecimal, round, zero } from './decimal.js'

const places = 4

/** Decimal in Ruby's notation: `12.5`, `1_000`, `1e3`, with optional spaces around. */
const notation = /^\s*([+-]?)(\d+(?:_\d+)*)?(?:\.(\d+(?:_\d+)*)?)?(?:[eEdD]([+-]?\d{1,2}))?\s*$/

/**
 * Parses the cost of a line as leniently as the server: invalid text is 0. Rounds to four decimals, halves away from
 * zero.
 */
export function parseCost(text: string): Decimal {
  const [, sign = '', whole, fraction, exponent = '0'] = notation.exec(text) ?? []
  if (whole === undefined && fraction === undefined) return zero
  const digits = `${whole ?? ''}.${fraction ?? ''}`.replaceAll('_', '')
  const [before = '', after = ''] = digits.split('.')
  const shifted = shiftPoint(before, after, Number(exponent))
  const { magnitude, scale } = round(parseDecimal(shifted), places)
  return { isNegative: sign === '-' && magnitude !== 0n, magnitude, scale }
}

function shiftPoint(before: string, after: string, by: number): string {
  const digits = before + after
  const point = before.length + by
  const padded = point > 0 ? digits.padEnd(point, '0') : '0'.repeat(1 - point) + digits
  const at = Math.max(point, 1)
  return padded.length > at ? `${padded.slice(0, at)}.${padded.slice(at)}` : padded
}
