import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  rescaled,
  roundDecimal,
  subtractDecimals,
} from '../../src/domain/decimal.js'
import { anyDecimal, awayFromZero, canonicalText, digitsAt, roundedFraction, tenTo, toEven } from './decimals.js'

/** Larger than any scale of `anyDecimal`: what all of them are compared at. */
const COMMON_SCALE = 40

describe('parseDecimal and formatDecimal', () => {
  it('print what was parsed, including trailing zeros', () => {
    fc.assert(
      fc.property(canonicalText, text => {
        expect(formatDecimal(parseDecimal(text))).toBe(text)
      }),
    )
  })

  it('parse what was printed', () => {
    fc.assert(
      fc.property(anyDecimal, decimal => {
        expect(parseDecimal(formatDecimal(decimal))).toEqual(decimal)
      }),
    )
  })

  it.each([
    ['0', '0'],
    ['0.00', '0.00'],
    ['-0', '0'],
    ['-0.0', '0.0'],
    ['697.0', '697.0'],
    ['-12.50', '-12.50'],
    ['-0.05', '-0.05'],
    ['007.10', '7.10'],
    ['9007199254740993', '9007199254740993'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1e-06', '0.000001'],
    ['1.0e-05', '0.000010'],
    ['-2.5E-3', '-0.0025'],
    ['1e3', '1000'],
    ['1.50e1', '15.0'],
    ['1.5e+2', '150'],
    ['1.25e0', '1.25'],
    ['-0e5', '0'],
    ['9'.repeat(60), '9'.repeat(60)],
    [`0.${'1'.repeat(59)}`, `0.${'1'.repeat(59)}`],
    ['1e59', `1${'0'.repeat(59)}`],
    ['1e-60', `0.${'0'.repeat(59)}1`],
  ])('print %s as %s', (text, printed) => {
    expect(formatDecimal(parseDecimal(text))).toBe(printed)
  })
})

describe('parseDecimal', () => {
  it.each([
    '',
    ' ',
    '-',
    '.',
    '1,5',
    '1,500.00',
    '+1',
    '.5',
    '1.',
    '--1',
    '0x1F',
    '1_000',
    '1n',
    '1e',
    '1e1.5',
    'e5',
    '1e999',
    '1e-999',
    '1e1000',
    '1e60',
    '1e-61',
    ' 1',
    '1 ',
    '1\n',
    '\ufeff1',
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    '12.5 NZD',
    '$5',
    '9'.repeat(61),
    `0.${'1'.repeat(60)}`,
    `${'1'.repeat(30)}.${'1'.repeat(31)}`,
    '١٢',
    '१२',
    '１２',
    '𝟏',
    '−1',
    '½',
  ])('refuses %j', text => {
    expect(() => parseDecimal(text)).toThrow(RangeError)
  })

  it('rejects a very long text at once, and quotes only its beginning', () => {
    const text = '7'.repeat(5_000_000)

    expect(() => parseDecimal(text)).toThrow(/^not a decimal number: "7{40}"$/)
  })

  it('returns digits and a scale, or throws a RangeError, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-+eE ,') }), text => {
        const decimal = parsedOrNull(text)
        if (decimal) expect(formatDecimal(decimal)).toMatch(/^-?\d{1,61}(\.\d{1,60})?$/)
      }),
    )
  })
})

describe('addDecimals and subtractDecimals', () => {
  it('are exact and keep the longer fraction', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (left, right) => {
        const [sum, difference] = [addDecimals(left, right), subtractDecimals(left, right)]
        const [a, b] = [digitsAt(left, COMMON_SCALE), digitsAt(right, COMMON_SCALE)]

        expect(digitsAt(sum, COMMON_SCALE)).toBe(a + b)
        expect(digitsAt(difference, COMMON_SCALE)).toBe(a - b)
        expect([sum.scale, difference.scale]).toEqual(Array(2).fill(Math.max(left.scale, right.scale)))
      }),
    )
  })

  it('add a tenth and two tenths to three tenths', () => {
    expect(formatDecimal(addDecimals(parseDecimal('0.1'), parseDecimal('0.2')))).toBe('0.3')
  })
})

describe('multiplyDecimals', () => {
  it('is exact', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (left, right) => {
        const product = digitsAt(multiplyDecimals(left, right), 2 * COMMON_SCALE)

        expect(product).toBe(digitsAt(left, COMMON_SCALE) * digitsAt(right, COMMON_SCALE))
      }),
    )
  })
})

describe('divideDecimals', () => {
  const anyDivisor = anyDecimal.filter(({ digits }) => digits !== 0n)

  it('rounds the quotient half to even at the requested scale', () => {
    fc.assert(
      fc.property(anyDecimal, anyDivisor, fc.integer({ min: 0, max: 12 }), (dividend, divisor, scale) => {
        const numerator = digitsAt(dividend, COMMON_SCALE) * tenTo(scale)
        const digits = roundedFraction(numerator, digitsAt(divisor, COMMON_SCALE), toEven)

        expect(divideDecimals(dividend, divisor, scale)).toEqual({ digits, scale })
      }),
    )
  })

  it('rounds ties to even, whatever the signs', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -999n, max: 999n }), fc.constantFrom(2n, -2n), (odd, divisor) => {
        const digits = roundedFraction(2n * odd + 1n, divisor, toEven)

        expect(divideDecimals({ digits: 2n * odd + 1n, scale: 0 }, { digits: divisor, scale: 0 }, 0).digits).toBe(
          digits,
        )
      }),
    )
  })

  it.each(['0', '0.000', '-0'])('refuses to divide by %s', zero => {
    expect(() => divideDecimals(parseDecimal('1'), parseDecimal(zero), 2)).toThrow(new RangeError('division by zero'))
  })
})

describe('roundDecimal', () => {
  it.each([
    ['HALF_EVEN', toEven],
    ['HALF_AWAY_FROM_ZERO', awayFromZero],
  ] as const)('rounds %s to the nearest at the wanted scale', (mode, onHalf) => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({ min: 0, max: 20 }), (value, scale) => {
        fc.pre(scale < value.scale)
        const digits = roundedFraction(value.digits, tenTo(value.scale - scale), onHalf)

        expect(roundDecimal(value, scale, mode)).toEqual({ digits, scale })
      }),
    )
  })

  it.each([
    ['0.125', '0.12', '0.13'],
    ['0.135', '0.14', '0.14'],
    ['-0.125', '-0.12', '-0.13'],
    ['-0.135', '-0.14', '-0.14'],
    ['0.005', '0.00', '0.01'],
    ['-0.005', '0.00', '-0.01'],
    ['0.1250000001', '0.13', '0.13'],
    ['0.1249999999', '0.12', '0.12'],
    ['-0.1250000001', '-0.13', '-0.13'],
    ['99.995', '100.00', '100.00'],
    ['2.5', '2.5', '2.5'],
    ['3', '3', '3'],
  ])('rounds %s to %s by the even digit, to %s away from zero', (text, even, away) => {
    const value = parseDecimal(text)

    expect(formatDecimal(roundDecimal(value, 2, 'HALF_EVEN'))).toBe(even)
    expect(formatDecimal(roundDecimal(value, 2, 'HALF_AWAY_FROM_ZERO'))).toBe(away)
  })
})

describe('compareDecimals', () => {
  it('orders by value, whatever the scale', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (left, right) => {
        const [a, b] = [digitsAt(left, COMMON_SCALE), digitsAt(right, COMMON_SCALE)]

        expect(compareDecimals(left, right)).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })

  it('is a total order: antisymmetric and transitive', () => {
    const near = fc.record({ digits: fc.bigInt({ min: -50n, max: 50n }), scale: fc.integer({ min: 0, max: 2 }) })
    fc.assert(
      fc.property(near, near, near, (a, b, c) => {
        expect(compareDecimals(a, b) + compareDecimals(b, a)).toBe(0)
        expect(compareDecimals(a, a)).toBe(0)
        if (compareDecimals(a, b) <= 0 && compareDecimals(b, c) <= 0) expect(compareDecimals(a, c)).toBeLessThan(1)
      }),
    )
  })

  it('treats 2.50 and 2.5 as equal', () => {
    expect(compareDecimals(parseDecimal('2.50'), parseDecimal('2.5'))).toBe(0)
  })
})

describe('rescaled', () => {
  it('returns the digits at a larger scale', () => {
    expect(rescaled(parseDecimal('-1.5'), 4)).toBe(-15000n)
    expect(rescaled(parseDecimal('1.5'), 1)).toBe(15n)
  })
})

function parsedOrNull(text: string): Decimal | null {
  try {
    return parseDecimal(text)
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    return null
  }
}
