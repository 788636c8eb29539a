/** Decimal places of a rate. */
export const RATE_DIGITS = 6
/** Decimal places of money. */
export const PRICE_DIGITS = 2
/** Decimal places of a quantity. */
export const QUANTITY_DIGITS = 3
/** Factor that adds GST to a price. */
const TAX_FACTOR = 1.15

/** Python's `round(value, digits)`: rounds the exact binary value, and an exact tie to the even digit. Keeps −0. */
export function round(value: number, digits: number): number {
  if (value === 0) return value
  const rounded = Number(value.toFixed(digits))
  // toFixed is exact too, but rounds a tie to the larger neighbour.
  if (!isTie(value, digits)) return rounded
  const units = BigInt(Math.abs(value).toFixed(digits).replace('.', ''))
  const even = units % 2n === 0n ? units : units - 1n
  const size = Number(`${even}e-${digits}`)
  return value < 0 ? -size : size
}

/** Price with GST, rounded to cents. */
export function addTax(cost: number): number {
  return round(cost * TAX_FACTOR, PRICE_DIGITS)
}

/** Whether a value is exactly half-way between two decimals: an odd multiple of half a unit. */
function isTie(value: number, digits: number): boolean {
  const scaled = value * 2 ** (digits + 1)
  return Number.isInteger(scaled) && (BigInt(scaled) * 5n ** BigInt(digits)) % 2n !== 0n
}
