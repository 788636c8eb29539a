import { describe, expect, it } from 'vitest'
import {
  float,
  int,
  printCompactPythonJson,
  printFloat,
  printPythonJson,
} from '../../../src/standin/catalyst/python-json.js'

describe('printFloat', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [744, '744.0'],
    [-12.4, '-12.4'],
    [0.1 + 0.2, '0.30000000000000004'],
    [0.7 + 0.2, '0.8999999999999999'],
    [0.000416, '0.000416'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [0.000001, '1e-06'],
    [1.5e-7, '1.5e-07'],
    [-2.5e-10, '-2.5e-10'],
    [123456789012345, '123456789012345.0'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [2 ** 60, '1.152921504606847e+18'],
    [1e21, '1e+21'],
    [1e100, '1e+100'],
    [5e-324, '5e-324'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('prints %d as Python prints %s', (value, text) => {
    expect(printFloat(value)).toBe(text)
  })
})

describe('printPythonJson', () => {
  it('has blanks after separators, and the keys in insertion order', () => {
    const value = { b: [float(1), int(0), false], a: null, empty: {}, none: [] }
    expect(printPythonJson(value)).toBe('{"b": [1.0, 0, false], "a": null, "empty": {}, "none": []}')
    expect(printCompactPythonJson(value)).toBe('{"b":[1.0,0,false],"a":null,"empty":{},"none":[]}')
  })

  it('escapes all characters that are not printable ASCII', () => {
    const text = 'p\u012bwakawaka "x" \\ / \n\t\u0001\u007f \u{1f426}'
    expect(printPythonJson(text)).toBe('"p\\u012bwakawaka \\"x\\" \\\\ / \\n\\t\\u0001\\u007f \\ud83d\\udc26"')
  })

  it('prints integers without a point, however large or negative', () => {
    expect(printPythonJson([int(404), int(-0), int(1e21), int(-7)])).toBe('[404, 0, 1000000000000000000000, -7]')
  })

  it('rejects a fraction as an integer', () => {
    expect(() => int(0.5)).toThrow(new RangeError('not an integer: 0.5'))
  })
})
