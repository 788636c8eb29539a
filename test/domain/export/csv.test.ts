import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import { formatCsv } from '../../../src/domain/export/csv.js'

/** A reader by the letter of RFC 4180. */
function parseCsv(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  const rows: string[][] = [[]]
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text)
    if (!match) throw new Error('not RFC 4180')
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('formatCsv', () => {
  it('round-trips every text, except that a formula gets an apostrophe', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r\n", x]*$/))
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 8 }), rows => {
        const read = parseCsv(formatCsv(['a', 'b'], rows))
        const expected = rows.map(row => row.map(cell => (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell)))
        expect(read).toEqual([['a', 'b'], ...expected])
      }),
    )
  })

  it('starts no cell with text that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.string(), rest => {
        for (const mark of ['=', '+', '-', '@', '\t', '\r']) {
          expect(parseCsv(formatCsv(['a'], [[mark + rest]]))[1]?.[0]).toBe(`'${mark}${rest}`)
        }
      }),
    )
  })

  it('keeps numbers exact and signed', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat(12), (digits, scale) => {
        const [, row] = parseCsv(formatCsv(['a', 'b'], [[{ digits, scale }, null]]))
        expect(row).toEqual([formatDecimal({ digits, scale }), ''])
      }),
    )
    expect(formatCsv(['cost'], [[parseDecimal('-5.00')]])).toBe('cost\r\n-5.00\r\n')
  })
})
