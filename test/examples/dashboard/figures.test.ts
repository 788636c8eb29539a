import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNegative, isZero, negated, percentOf, sumOf } from '../../../examples/dashboard/src/money/decimal.js'
import { DEFINITIONS } from '../../../examples/dashboard/src/money/definitions.js'
import { restOf, sumByCurrency } from '../../../examples/dashboard/src/money/money.js'

const finance = readFileSync(new URL('../../../docs/finance.md', import.meta.url), 'utf8')

/** Decimal numbers with up to six places. */
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => {
    const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
    const point = text.length - scale
    return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`
  })

describe('an exact sum of amounts as sent', () => {
  it.each([
    [['0.1', '0.2'], '0.3'],
    [['1329.5282', '-0.0001', '12.6'], '1342.1281'],
    [['-0.05'], '-0.05'],
    [['0.10', '0.20'], '0.30'],
    [[], '0'],
  ])('of %j is %s', (parts, sum) => {
    expect(sumOf(parts)).toBe(sum)
  })

  it('does not depend on the order, and its difference from its parts is zero', () => {
    fc.assert(
      fc.property(fc.array(decimal), parts => {
        expect(sumOf(parts.toReversed())).toBe(sumOf(parts))
        expect(isZero(sumOf([...parts, negated(sumOf(parts))]))).toBe(true)
      }),
    )
  })

  it('refuses what is no decimal number', () => {
    expect(() => sumOf(['1e3'])).toThrow(RangeError)
    expect(() => negated('NaN')).toThrow(RangeError)
  })
})

describe('amounts of several currencies', () => {
  const [one, two, euro] = [
    { amount: '1.00', currencyCode: 'NZD' },
    { amount: '0.25', currencyCode: 'NZD' },
    { amount: '7', currencyCode: 'EUR' },
  ] as const

  it('are never added', () => {
    expect(sumByCurrency([one, euro, two])).toEqual([{ amount: '1.25', currencyCode: 'NZD' }, euro])
    expect(restOf([one, euro], [two])).toEqual([{ amount: '0.75', currencyCode: 'NZD' }, euro])
  })
})

describe('a fraction in per cent', () => {
  it.each([
    ['0.562138', '56.2 %'],
    ['0.15', '15.0 %'],
    ['-0.162681', '-16.3 %'],
    ['0.0005', '0.1 %'],
    ['1', '100.0 %'],
  ])('of %s is %s', (fraction, percent) => {
    expect(percentOf(fraction)).toBe(percent)
    expect(isNegative(fraction)).toBe(percent.startsWith('-'))
  })
})

it('docs/finance.md defines each figure as the dashboard does', () => {
  const [, section = ''] = finance.split('\n### Definitions\n')
  const rows = [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)]
    .slice(2)
    .map(([, title, text]) => ({ title, text }))
  expect(rows).toEqual(Object.values(DEFINITIONS))
})
