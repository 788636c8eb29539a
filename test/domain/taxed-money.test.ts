import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../src/domain/decimal.js'
import { addMoney, type Money, parseMoney, toMoney } from '../../src/domain/money.js'
import {
  addExactTax,
  addTax,
  removeTax,
  statedTax,
  sumTaxedMoney,
  type TaxBasis,
  type TaxedMoney,
} from '../../src/domain/taxed-money.js'
import { anyAmount, digitsAt, roundedFraction, toEven } from './decimals.js'

const GST = parseDecimal('0.15')

const anyMoney = anyAmount.map(nzd)

/** From 0 % to 100 %, to a hundredth of a percent. */
const anyRate = fc.record({ digits: fc.bigInt({ min: 0n, max: 10_000n }), scale: fc.constant(4) })

describe('statedTax', () => {
  it('keeps what was stated and takes the difference for the tax', () => {
    const stated = statedTax(parse('100.00'), parse('114.99'), GST)

    expect(printed(stated)).toEqual(['100.00', '14.99', '114.99'])
    expect(stated).toMatchObject({ taxRate: GST, taxBasis: 'STATED' })
  })

  it('never loses a cent between net, tax and gross', () => {
    fc.assert(
      fc.property(anyMoney, anyMoney, (net, gross) => {
        const { tax } = statedTax(net, gross, GST)
        expect(digitsAt(addMoney(net, known(tax)), 6)).toBe(digitsAt(gross, 6))
      }),
    )
  })
})

describe('addTax', () => {
  it.each([
    ['100.00', '15.00', '115.00'],
    ['0.10', '0.02', '0.12'],
    ['0.30', '0.04', '0.34'],
    ['-10.10', '-1.52', '-11.62'],
    ['0.00', '0.00', '0.00'],
    ['0.0164', '0.0036', '0.02'],
  ])('makes of %s net a tax of %s and %s gross', (net, tax, gross) => {
    const taxed = addTax(parse(net), GST)

    expect(printed(taxed)).toEqual([net, tax, gross])
    expect(taxed).toMatchObject({ taxRate: GST, taxBasis: 'COMPUTED' })
  })

  it('rounds net times one and the rate half to the even cent', () => {
    fc.assert(
      fc.property(anyMoney, anyRate, (net, rate) => {
        const { tax, gross } = addTax(net, rate)
        const exact = digitsAt(net, 6) * (10_000n + rate.digits)

        expect(digitsAt(known(gross), 6)).toBe(roundedFraction(exact, 10n ** 8n, toEven) * 10_000n)
        expect(digitsAt(addMoney(net, known(tax)), 6)).toBe(digitsAt(known(gross), 6))
      }),
    )
  })
})

describe('HALF_UP', () => {
  it.each([
    ['0.10', '0.12', '0.12'],
    ['0.30', '0.34', '0.35'],
    ['-0.30', '-0.34', '-0.35'],
    ['0.31', '0.36', '0.36'],
  ])('rounds the gross of %s net, %s half to even, away from zero to %s', (net, even, up) => {
    expect(printed(addTax(parse(net), GST, 'HALF_EVEN'))[2]).toBe(even)
    expect(printed(addTax(parse(net), GST, 'HALF_UP'))[2]).toBe(up)
  })

  it('rounds the net of a gross amount away from zero', () => {
    const rate = parseDecimal('1')
    expect(printed(removeTax(parse('0.01'), rate, 'HALF_EVEN'))[0]).toBe('0.00')
    expect(printed(removeTax(parse('0.01'), rate, 'HALF_UP'))[0]).toBe('0.01')
  })
})

describe('addExactTax', () => {
  it('rounds nothing', () => {
    fc.assert(
      fc.property(anyMoney, anyRate, (net, rate) => {
        const { tax, gross, taxBasis } = addExactTax(net, rate)

        expect(digitsAt(known(tax), 10)).toBe(digitsAt(net, 6) * rate.digits)
        expect(digitsAt(known(gross), 10)).toBe(digitsAt(net, 10) + digitsAt(known(tax), 10))
        expect(taxBasis).toBe('COMPUTED')
      }),
    )
  })
})

describe('removeTax', () => {
  it.each([
    ['115.00', '100.00', '15.00'],
    ['1883.64', '1637.95', '245.69'],
    ['-115.00', '-100.00', '-15.00'],
    ['0.00', '0.00', '0.00'],
  ])('makes of %s gross %s net and a tax of %s', (gross, net, tax) => {
    const taxed = removeTax(parse(gross), GST)

    expect(printed(taxed)).toEqual([net, tax, gross])
    expect(taxed).toMatchObject({ taxRate: GST, taxBasis: 'COMPUTED' })
  })

  it('gives back the net amount that a tax was added to', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), anyRate, (digits, rate) => {
        const net: Money = { digits, scale: 2, currency: 'NZD' }

        expect(removeTax(known(addTax(net, rate).gross), rate).net).toEqual(net)
      }),
    )
  })

  it('has a net amount and a tax that make the gross', () => {
    fc.assert(
      fc.property(anyMoney, anyRate, (gross, rate) => {
        const { net, tax } = removeTax(gross, rate)
        expect(digitsAt(addMoney(net, known(tax)), 6)).toBe(digitsAt(gross, 6))
      }),
    )
  })
})

describe('sumTaxedMoney', () => {
  it('adds net, tax and gross each on its own', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyMoney, anyMoney), { maxLength: 500, size: 'max' }), stated => {
        const sum = sumTaxedMoney(
          stated.map(([net, gross]) => statedTax(net, gross, GST)),
          'NZD',
        )
        const [net, gross] = [totalOf(stated.map(([amount]) => amount)), totalOf(stated.map(([, amount]) => amount))]

        expect(digitsAt(sum.net, 6)).toBe(net)
        expect(digitsAt(known(sum.gross), 6)).toBe(gross)
        expect(digitsAt(known(sum.tax), 6)).toBe(gross - net)
      }),
    )
  })

  it('of no parts is zero, computed, without a rate', () => {
    const sum = sumTaxedMoney([], 'NZD')

    expect(printed(sum)).toEqual(['0.00', '0.00', '0.00'])
    expect(sum).toMatchObject({ taxRate: null, taxBasis: 'COMPUTED' })
  })

  it.each<[TaxBasis[], TaxBasis]>([
    [['STATED', 'STATED'], 'STATED'],
    [['STATED', 'COMPUTED'], 'COMPUTED'],
    [['COMPUTED', 'STATED', 'UNKNOWN'], 'UNKNOWN'],
    [['UNKNOWN', 'STATED'], 'UNKNOWN'],
  ])('of parts that are %j is %s', (bases, weakest) => {
    const parts = bases.map(taxBasis => ({ ...statedTax(parse('1.00'), parse('1.15'), GST), taxBasis }))

    expect(sumTaxedMoney(parts, 'NZD').taxBasis).toBe(weakest)
  })

  it.each([
    [['0.15', '0.15'], '0.15'],
    [['0.15', '0.150'], '0.15'],
    [['0.15', '0.125'], null],
    [['0.15', null], null],
    [[null, '0.15'], null],
    [[null, null], null],
    [['0'], '0'],
  ])('of parts at the rates %j has the rate %s', (rates, shared) => {
    const parts = rates.map(rate => ({
      ...statedTax(parse('1.00'), parse('1.15'), GST),
      taxRate: rate === null ? null : parseDecimal(rate),
    }))
    const { taxRate } = sumTaxedMoney(parts, 'NZD')

    expect(taxRate && formatDecimal(taxRate)).toBe(shared)
  })

  it('has no tax and no gross when one part has none, and still its net', () => {
    const unknown: TaxedMoney = { net: parse('2.50'), tax: null, gross: null, taxRate: null, taxBasis: 'UNKNOWN' }
    const sum = sumTaxedMoney([addTax(parse('1.00'), GST), unknown], 'NZD')

    expect(printed(sum)).toEqual(['3.50', null, null])
  })

  it('refuses a part of another currency', () => {
    expect(() => sumTaxedMoney([addTax(parseMoney('1.00', 'EUR'), GST)], 'NZD')).toThrow(RangeError)
  })
})

function nzd(amount: { readonly digits: bigint; readonly scale: number }): Money {
  return toMoney(amount, 'NZD')
}

function parse(text: string): Money {
  return parseMoney(text, 'NZD')
}

function printed({ net, tax, gross }: TaxedMoney): readonly (string | null)[] {
  return [net, tax, gross].map(amount => amount && formatDecimal(amount))
}

function known(amount: Money | null): Money {
  if (amount === null) throw new Error('an amount was expected')
  return amount
}

function totalOf(amounts: readonly Money[]): bigint {
  return amounts.reduce((total, amount) => total + digitsAt(amount, 6), 0n)
}
