/** Exact decimal number with a separate sign, since the real server prints `-0.0` for a tiny credit after rounding. */
export interface Decimal {
  readonly isNegative: boolean
  /** The absolute value times 10^scale. */
  readonly magnitude: bigint
  readonly scale: number
}

/** Zero without a sign. */
export const zero: Decimal = { isNegative: false, magnitude: 0n, scale: 0 }

/**
 * Parses plain decimal notation exactly: `61.725`, `-600`.
 *
 * @throws RangeError when `text` is anything else
 */
export function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new RangeError(`not a decimal number: ${JSON.stringify(text)}`)
  const [, sign = '', whole = '', fraction = ''] = match
  return { isNegative: sign === '-', magnitude: BigInt(whole + fraction), scale: fraction.length }
}

/** Exact sum. The sum of two negative zeros is negative; any other zero sum has no sign. */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  const total = signedAt(a, scale) + signedAt(b, scale)
  const isNegative = total === 0n ? a.isNegative && b.isNegative : total < 0n
  return { isNegative, magnitude: total < 0n ? -total : total, scale }
}

/** Exact product. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return {
    isNegative: a.isNegative !== b.isNegative,
    magnitude: a.magnitude * b.magnitude,
    scale: a.scale + b.scale,
  }
}

/** Exact hundredth of a number. */
export function percent(value: Decimal): Decimal {
  return { ...value, scale: value.scale + 2 }
}

/** Number rounded to `places` decimals, halves away from zero. A result of zero keeps the sign. */
export function round(value: Decimal, places: number): Decimal {
  if (value.scale <= places) return value
  const unit = 10n ** BigInt(value.scale - places)
  return { isNegative: value.isNegative, magnitude: (value.magnitude + unit / 2n) / unit, scale: places }
}

/** Exact text with at least one fraction digit and no other trailing zeros: `300.0`, `0.0088`, `-0.0`. */
export function formatDecimal(value: Decimal): string {
  const digits = value.magnitude.toString().padStart(value.scale + 1, '0')
  const point = digits.length - value.scale
  const fraction = digits.slice(point).replace(/0+$/, '')
  return `${value.isNegative ? '-' : ''}${digits.slice(0, point)}.${fraction || '0'}`
}

/** Text of the number as Ruby prints it as a binary float: `437.69`, `1.0e-05`, `1.0e+16`. */
export function formatFloat(value: Decimal): string {
  const float = Number(formatDecimal(value))
  const size = Math.abs(float)
  if (size === 0 || (size >= 0.0001 && size < 1e16)) {
    // In this range JavaScript writes the shortest digits without an exponent, as Ruby does.
    return formatDecimal({ ...parseDecimal(String(size)), isNegative: value.isNegative })
  }
  const [mantissa = '', exponent = ''] = float.toExponential().split('e')
  const power = exponent.slice(1).padStart(2, '0')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${exponent.slice(0, 1)}${power}`
}

function signedAt(value: Decimal, scale: number): bigint {
  const magnitude = value.magnitude * 10n ** BigInt(scale - value.scale)
  return value.isNegative ? -magnitude : magnitude
}
