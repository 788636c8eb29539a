import { describe, expect, it } from 'vitest'
import {
  add,
  formatDecimal,
  formatFloat,
  multiply,
  parseDecimal,
  percent,
  round,
} from '../../../src/standin/threescale/decimal.js'

describe('parseDecimal', () => {
  it.each(['', '.5', '5.', '1e3', '+1', '1 000', '0x1', '--1'])('rejects %j', text => {
    expect(() => parseDecimal(text)).toThrow(RangeError)
  })
})

describe('formatDecimal', () => {
  it.each([
    ['300', '300.0'],
    ['0.0088', '0.0088'],
    ['-30.00', '-30.0'],
    ['0.1000', '0.1'],
    ['-0.000', '-0.0'],
    ['123456789012345678901234.5000', '123456789012345678901234.5'],
  ])('prints %s as %s', (text, printed) => {
    expect(formatDecimal(parseDecimal(text))).toBe(printed)
  })
})

describe('formatFloat', () => {
  it.each([
    ['437.69', '437.69'],
    ['0', '0.0'],
    ['-0.0', '-0.0'],
    ['0.0001', '0.0001'],
    ['0.00001', '1.0e-05'],
    ['-0.0000125', '-1.25e-05'],
    ['9999999999999998', '9999999999999998.0'],
    ['10000000000000000', '1.0e+16'],
    ['12345678901234567890.25', '1.2345678901234567e+19'],
    ['0.30000000000000004441', '0.30000000000000004'],
  ])('prints %s as %s', (text, printed) => {
    expect(formatFloat(parseDecimal(text))).toBe(printed)
  })
})

describe('round', () => {
  it.each([
    ['0.125', '0.13'],
    ['-0.125', '-0.13'],
    ['0.1249999', '0.12'],
    ['0.005', '0.01'],
    ['-0.004', '-0.0'],
    ['2.5', '2.5'],
  ])('rounds %s to %s, halves away from zero', (text, rounded) => {
    expect(formatDecimal(round(parseDecimal(text), 2))).toBe(rounded)
  })
})

describe('arithmetic', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['-31.0', '31', '0.0'],
    ['-0.0', '-0.0', '-0.0'],
    ['-0.0', '0.0', '0.0'],
    ['49.99', '0.0088', '49.9988'],
  ])('adds %s and %s to %s', (a, b, sum) => {
    expect(formatDecimal(add(parseDecimal(a), parseDecimal(b)))).toBe(sum)
  })

  it('applies a rate to a negative amount exactly', () => {
    expect(formatDecimal(percent(multiply(parseDecimal('-129.5'), parseDecimal('21'))))).toBe('-27.195')
  })
})
