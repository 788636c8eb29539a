import fc from 'fast-check'
import type { Decimal } from '../../src/domain/decimal.js'

/** 10^exponent, by another road than the code under test. */
export function tenTo(exponent: number): bigint {
  return BigInt(`1${'0'.repeat(exponent)}`)
}

/** The largest whole number not above numerator / denominator; the denominator is positive. */
export function floorOf(numerator: bigint, denominator: bigint): bigint {
  const rest = ((numerator % denominator) + denominator) % denominator
  return (numerator - rest) / denominator
}

/** A fraction rounded to a whole number: between its floor and the next, whichever is nearer. */
export function roundedFraction(
  numerator: bigint,
  denominator: bigint,
  onHalf: (floor: bigint, isNegative: boolean) => bigint,
): bigint {
  if (denominator < 0n) return roundedFraction(-numerator, -denominator, onHalf)
  const floor = floorOf(numerator, denominator)
  const twice = 2n * (numerator - floor * denominator)
  if (twice === denominator) return onHalf(floor, numerator < 0n)
  return twice < denominator ? floor : floor + 1n
}

/** Halves to the even neighbour. */
export function toEven(floor: bigint): bigint {
  return floor % 2n === 0n ? floor : floor + 1n
}

/** Halves to the neighbour farther from zero. */
export function awayFromZero(floor: bigint, isNegative: boolean): bigint {
  return isNegative ? floor : floor + 1n
}

/** The decimal's digits at a scale that is not smaller than its own. */
export function digitsAt({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * tenTo(wanted - scale)
}

/** Any decimal of up to 30 digits. */
export const anyDecimal: fc.Arbitrary<Decimal> = fc.record({
  digits: fc.bigInt({ min: -tenTo(30), max: tenTo(30) }),
  scale: fc.integer({ min: 0, max: 20 }),
})

/** What bills state: amounts of up to some millions, with up to six decimal places. */
export const anyAmount: fc.Arbitrary<Decimal> = fc.record({
  digits: fc.bigInt({ min: -tenTo(12), max: tenTo(12) }),
  scale: fc.integer({ min: 0, max: 6 }),
})

/** Plain notation as `formatDecimal` writes it, of up to 60 digits: no needless zero in front, no negative zero. */
export const canonicalText: fc.Arbitrary<string> = fc
  .tuple(fc.boolean(), digitsOf(1, 30), digitsOf(0, 30))
  .map(([isNegative, whole, fraction]) => {
    const text = `${whole.replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`
    return isNegative && /[1-9]/.test(text) ? `-${text}` : text
  })

function digitsOf(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength })
}
