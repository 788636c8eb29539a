/** A decimal number as text, as the graph sends it: `1883.64`, `-0.0005`. */
export type Decimal = string

interface Scaled {
  readonly digits: bigint
  readonly scale: number
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

function parse(text: Decimal): Scaled {
  const [, sign = '', whole, fraction = ''] = DECIMAL.exec(text) ?? []
  if (whole === undefined) throw new RangeError(`not a decimal number: ${text}`)
  return { digits: BigInt(sign + whole + fraction), scale: fraction.length }
}

function print({ digits, scale }: Scaled): Decimal {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const sign = digits < 0n ? '-' : ''
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

/** The exact sum, with the most decimal places of its parts; `0` of none. */
export function sumOf(texts: readonly Decimal[]): Decimal {
  const parts = texts.map(parse)
  const scale = Math.max(0, ...parts.map(part => part.scale))
  const digits = parts.reduce((sum, part) => sum + part.digits * 10n ** BigInt(scale - part.scale), 0n)
  return print({ digits, scale })
}

/** The number with the opposite sign. */
export function negated(text: Decimal): Decimal {
  const { digits, scale } = parse(text)
  return print({ digits: -digits, scale })
}

/** True for 0, 0.00 and so on. */
export function isZero(text: Decimal): boolean {
  return parse(text).digits === 0n
}

/** True for a number below zero. */
export function isNegative(text: Decimal): boolean {
  return parse(text).digits < 0n
}

/** A fraction such as 0.126139 in per cent with one decimal place, half away from zero: `12.6 %`. It is no amount of money. */
export function percentOf(fraction: Decimal): string {
  const { digits, scale } = parse(fraction)
  const [unit, size] = [10n ** BigInt(scale), digits < 0n ? -digits : digits]
  const rounded = (size * 2000n + unit) / (2n * unit)
  return `${print({ digits: digits < 0n ? -rounded : rounded, scale: 1 })} %`
}

/** A number for the length of a bar. The only place where an amount becomes a JavaScript number: never for a figure that is shown. */
export function barLength(text: Decimal): number {
  return Number(text)
}
