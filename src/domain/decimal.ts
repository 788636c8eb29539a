/** An exact decimal number. 0.0164 is `{ digits: 164n, scale: 4 }`; trailing zeros are kept: 697.0 is `{ 6970n, 1 }`. */
export interface Decimal {
  /** The number times 10^scale. */
  readonly digits: bigint
  /** Decimal places in `digits`; never negative. */
  readonly scale: number
}

/** How an exact half is rounded: to the even neighbour (Distil) or away from zero (3scale). */
export type RoundingMode = 'HALF_EVEN' | 'HALF_AWAY_FROM_ZERO'

/** More digits than any bill needs. Longer texts are rejected before they cost memory. */
const MAX_DIGITS = 60

/**
 * Reads a decimal exactly as it was written.
 *
 * @param text plain or scientific notation: `12.50`, `-0.0005`, `1.0e-05`; no grouping, no leading `+` or `.`
 * @throws RangeError when `text` is anything else, or needs more than 60 digits
 */
export function parseDecimal(text: string): Decimal {
  return parsePlainDecimal(text) ?? parseAnyDecimal(text)
}

const ZERO = 0x30
const MINUS = 0x2d
const POINT = 0x2e

/** Reads plain notation of up to 60 characters without a regular expression, which takes most of the time; null for anything else. */
function parsePlainDecimal(text: string): Decimal | null {
  if (text.length > MAX_DIGITS) return null
  const begin = text.charCodeAt(0) === MINUS ? 1 : 0
  let point = -1
  for (let at = begin; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT && point < 0 && at > begin) point = at
    else if (!(code >= ZERO && code <= ZERO + 9)) return null
  }
  if (begin === text.length || point === text.length - 1) return null
  if (point < 0) return { digits: BigInt(text), scale: 0 }
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - 1 - point }
}

function parseAnyDecimal(text: string): Decimal {
  const match = /^(-?)(\d{1,60})(?:\.(\d{1,60}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (!match) throw new RangeError(`not a decimal number: ${JSON.stringify(text.slice(0, 40))}`)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const scale = fraction.length - Number(exponent)
  const trailingZeros = Math.max(0, -scale)
  if (scale > MAX_DIGITS || whole.length + fraction.length + trailingZeros > MAX_DIGITS) {
    throw new RangeError(`not a decimal number of up to ${MAX_DIGITS} digits: ${JSON.stringify(text.slice(0, 40))}`)
  }
  const digits = BigInt(sign + whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * pow10(trailingZeros), scale: 0 }
}

/** Writes a decimal in plain notation, all its decimal places shown: `-0.50`. Zero has no sign. */
export function formatDecimal({ digits, scale }: Decimal): string {
  const negative = digits < 0n
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const fraction = scale === 0 ? '' : `.${text.slice(text.length - scale)}`
  return `${negative ? '-' : ''}${whole}${fraction}`
}

/** The sum, with as many decimal places as the longer of the two. */
export function addDecimals(augend: Decimal, addend: Decimal): Decimal {
  const scale = Math.max(augend.scale, addend.scale)
  return { digits: rescaled(augend, scale) + rescaled(addend, scale), scale }
}

/** The difference, with as many decimal places as the longer of the two. */
export function subtractDecimals(minuend: Decimal, subtrahend: Decimal): Decimal {
  return addDecimals(minuend, { digits: -subtrahend.digits, scale: subtrahend.scale })
}

/** The exact product. */
export function multiplyDecimals(multiplicand: Decimal, multiplier: Decimal): Decimal {
  return { digits: multiplicand.digits * multiplier.digits, scale: multiplicand.scale + multiplier.scale }
}

/**
 * The quotient, rounded at `scale` decimal places.
 *
 * @throws RangeError when the divisor is zero
 */
export function divideDecimals(
  dividend: Decimal,
  divisor: Decimal,
  scale: number,
  mode: RoundingMode = 'HALF_EVEN',
): Decimal {
  if (divisor.digits === 0n) throw new RangeError('division by zero')
  const shift = scale + divisor.scale - dividend.scale
  const numerator = shift >= 0 ? dividend.digits * pow10(shift) : dividend.digits
  const denominator = shift >= 0 ? divisor.digits : divisor.digits * pow10(-shift)
  return { digits: roundedQuotient(numerator, denominator, mode), scale }
}

/** Rounded to at most `scale` decimal places; a number with fewer is returned as it is. */
export function roundDecimal(value: Decimal, scale: number, mode: RoundingMode): Decimal {
  if (value.scale <= scale) return value
  return { digits: roundedQuotient(value.digits, pow10(value.scale - scale), mode), scale }
}

/** Negative when `left` is smaller, positive when it is larger, 0 when both are equal in value. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const difference = subtractDecimals(left, right).digits
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The number at a larger or equal scale, as digits. */
export function rescaled({ digits, scale }: Decimal, to: number): bigint {
  return to === scale ? digits : digits * pow10(to - scale)
}

const powers: bigint[] = [1n]

/** 10^exponent, memoised: sums over thousands of lines use the same few powers. */
function pow10(exponent: number): bigint {
  for (let next = powers.length; next <= exponent; next++) powers.push((powers[next - 1] ?? 1n) * 10n)
  return powers[exponent] ?? 1n
}

function roundedQuotient(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator
  const remainder = numerator % denominator
  const twice = absolute(remainder) * 2n
  const half = absolute(denominator)
  const roundsAway = twice > half || (twice === half && (mode === 'HALF_AWAY_FROM_ZERO' || quotient % 2n !== 0n))
  if (!roundsAway) return quotient
  return numerator < 0n === denominator < 0n ? quotient + 1n : quotient - 1n
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}
