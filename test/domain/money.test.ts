import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal } from '../../src/domain/decimal.js'
import {
  addMoney,
  type Money,
  parseMoney,
  roundToCents,
  subtractMoney,
  sumMoney,
  toMoney,
  zeroMoney,
} from '../../src/domain/money.js'
import { anyAmount, canonicalText, digitsAt, roundedFraction, toEven } from './decimals.js'

const CURRENCY = 'NZD'

/** The largest scale of `anyAmount`. */
const FINEST = 6

const anyMoney = anyAmount.map(amount => toMoney(amount, CURRENCY))

describe('parseMoney', () => {
  it('keeps the amount as written, and its currency', () => {
    fc.assert(
      fc.property(canonicalText, text => {
        const money = parseMoney(text, 'EUR')

        expect(formatDecimal(money)).toBe(text)
        expect(money.currency).toBe('EUR')
      }),
    )
  })

  it.each(['', '1,5', '12.50 EUR', 'NaN'])('refuses %j', text => {
    expect(() => parseMoney(text, CURRENCY)).toThrow(RangeError)
  })
})

describe('addMoney and subtractMoney', () => {
  it('are exact', () => {
    fc.assert(
      fc.property(anyMoney, anyMoney, (left, right) => {
        const [a, b] = [digitsAt(left, FINEST), digitsAt(right, FINEST)]

        expect(digitsAt(addMoney(left, right), FINEST)).toBe(a + b)
        expect(digitsAt(subtractMoney(left, right), FINEST)).toBe(a - b)
      }),
    )
  })

  it('refuse two currencies', () => {
    const [dollars, euros] = [parseMoney('1', 'NZD'), parseMoney('1', 'EUR')]

    expect(() => addMoney(dollars, euros)).toThrow(new RangeError('cannot add EUR to NZD'))
    expect(() => subtractMoney(dollars, euros)).toThrow(RangeError)
  })
})

describe('sumMoney', () => {
  it('equals the sum of whole millionths, for any number of amounts of any scale', () => {
    fc.assert(
      fc.property(fc.array(anyMoney, { maxLength: 500, size: 'max' }), amounts => {
        const sum = sumMoney(amounts, CURRENCY)

        expect(digitsAt(sum, FINEST)).toBe(amounts.reduce((total, amount) => total + digitsAt(amount, FINEST), 0n))
        expect(sum.scale).toBe(Math.max(2, ...amounts.map(amount => amount.scale)))
        expect(sum.currency).toBe(CURRENCY)
      }),
    )
  })

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(anyMoney, { maxLength: 50 }), amounts => {
        expect(sumMoney(amounts.toReversed(), CURRENCY)).toEqual(sumMoney(amounts, CURRENCY))
      }),
    )
  })

  it('restores a whole from its parts', () => {
    fc.assert(
      fc.property(fc.array(anyMoney, { maxLength: 50 }), fc.nat(50), (amounts, cut) => {
        const [head, tail] = [sumMoney(amounts.slice(0, cut), CURRENCY), sumMoney(amounts.slice(cut), CURRENCY)]

        expect(addMoney(head, tail)).toEqual(sumMoney(amounts, CURRENCY))
      }),
    )
  })

  it.each([
    [[], '0.00'],
    [['5'], '5.00'],
    [['0.1', '0.2'], '0.30'],
    [['0.0164', '-0.0164'], '0.0000'],
    [['10.00', '-30.5'], '-20.50'],
  ])('prints the sum of %j as %s', (texts, printed) => {
    const amounts: Money[] = texts.map(text => parseMoney(text, CURRENCY))

    expect(formatDecimal(sumMoney(amounts, CURRENCY))).toBe(printed)
  })

  it('adds up a bill of twenty thousand lines exactly', () => {
    const amounts = Array.from({ length: 20_000 }, () => parseMoney('0.10', CURRENCY))

    expect(formatDecimal(sumMoney(amounts, CURRENCY))).toBe('2000.00')
  })

  it('rejects an amount of another currency, even of zero', () => {
    expect(() => sumMoney([parseMoney('0.00', 'EUR')], CURRENCY)).toThrow(new RangeError('cannot add EUR to NZD'))
  })
})

describe('zeroMoney', () => {
  it('prints with cents', () => {
    expect(formatDecimal(zeroMoney(CURRENCY))).toBe('0.00')
  })
})

describe('roundToCents', () => {
  it('rounds halves to the even cent', () => {
    fc.assert(
      fc.property(anyMoney, money => {
        const cents = roundedFraction(digitsAt(money, FINEST), 10_000n, toEven)

        expect(digitsAt(roundToCents(money), FINEST)).toBe(cents * 10_000n)
        expect(roundToCents(money).currency).toBe(CURRENCY)
      }),
    )
  })

  it('keeps an amount with fewer decimal places as stated', () => {
    expect(formatDecimal(roundToCents(parseMoney('697.0', CURRENCY)))).toBe('697.0')
  })
})
