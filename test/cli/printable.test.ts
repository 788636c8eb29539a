import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatJson } from '../../src/cli/json.js'
import { quote, toPrintable } from '../../src/cli/printable.js'

describe('toPrintable', () => {
  it.each([
    ['two\nlines', 'two\\nlines'],
    ['\u001b[2Jgone', '\\u001b[2Jgone'],
    ['\u009b31m', '\\u009b31m'],
    ['a\u202eb', 'a\\u202eb'],
    ['Pīwakawaka', 'Pīwakawaka'],
    ['😀', '😀'],
  ])('writes %j as %j', (text, shown) => {
    expect(toPrintable(text)).toBe(shown)
  })

  it('keeps the meaning of JSON and nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const json = formatJson({ text })
        expect(JSON.parse(json)).toEqual({ text })
        expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u)
      }),
    )
  })

  it('quotes text on one line, cut after 80 characters', () => {
    expect(quote('a"b\n')).toBe('"a\\"b\\n"')
    expect(quote('x'.repeat(5000)).length).toBeLessThan(100)
  })
})
