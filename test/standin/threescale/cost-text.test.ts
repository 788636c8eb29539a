import { describe, expect, it } from 'vitest'
import { parseCost } from '../../../src/standin/threescale/cost-text.js'
import { formatDecimal } from '../../../src/standin/threescale/decimal.js'

describe('parseCost', () => {
  it.each([
    ['12.5', '12.5'],
    ['-30', '-30.0'],
    ['+7', '7.0'],
    ['1e3', '1000.0'],
    ['1.5E-2', '0.015'],
    ['-25e-1', '-2.5'],
    ['1_000', '1000.0'],
    ['  42.10\n', '42.1'],
    ['.5', '0.5'],
    ['0.00005', '0.0001'],
    ['-0.00005', '-0.0001'],
    ['0.00004', '0.0'],
    ['-0.00004', '0.0'],
    ['12345678901234567.8901', '12345678901234567.8901'],
  ])('parses %j as %s', (text, printed) => {
    expect(formatDecimal(parseCost(text))).toBe(printed)
  })

  it.each(['', ' ', '$5.50', '5,50', '12abc', 'abc', '.', '-', '1__000', '_1', '1e', '1 000', 'NaN', '١٢'])(
    'parses %j as zero',
    text => {
      expect(formatDecimal(parseCost(text))).toBe('0.0')
    },
  )
})
