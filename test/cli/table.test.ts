import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTable } from '../../src/cli/table.js'
import { textWidth } from '../../src/cli/text-width.js'
import { parseDecimal } from '../../src/domain/decimal.js'

describe('formatTable', () => {
  it('aligns cells to the left within borders', () => {
    expect(
      formatTable(
        ['name', 'cost'],
        [
          ['a', '1.00'],
          ['long-name', '2'],
        ],
      ),
    ).toBe(
      [
        '+-----------+------+',
        '| name      | cost |',
        '+-----------+------+',
        '| a         | 1.00 |',
        '| long-name | 2    |',
        '+-----------+------+',
        '',
      ].join('\n'),
    )
  })

  it('aligns columns with a number to the right, and separates thousands', () => {
    const rows = [
      ['a', parseDecimal('1234567.50')],
      ['b', parseDecimal('-999.00')],
      ['c', null],
      ['d', parseDecimal('-1000')],
    ]
    expect(formatTable(['name', 'cost'], rows)).toBe(
      [
        '+------+--------------+',
        '| name |         cost |',
        '+------+--------------+',
        '| a    | 1,234,567.50 |',
        '| b    |      -999.00 |',
        '| c    |              |',
        '| d    |       -1,000 |',
        '+------+--------------+',
        '',
      ].join('\n'),
    )
  })

  it('prints only the header when there is no row', () => {
    expect(formatTable(['a'], [])).toBe('+---+\n| a |\n+---+\n')
  })

  it('keeps its borders straight for any text, with one line for each row', () => {
    const cell = fc.string({ unit: 'binary', maxLength: 12 })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell)), rows => {
        const lines = formatTable(['one', 'two', 'three'], rows).trimEnd().split('\n')
        expect(lines).toHaveLength(rows.length === 0 ? 3 : rows.length + 4)
        expect(new Set(lines.map(textWidth)).size).toBe(1)
      }),
    )
  })
})

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['Pīwakawaka', 10],
    ['Pīwakawaka'.normalize('NFD'), 10],
    ['東京', 4],
    ['ＡＢ', 4],
    ['😀', 2],
    ['naïve café', 10],
    ['zero\u200dwidth', 9],
  ])('%j has the width %i', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })
})
