import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, formatDecimal } from '../../src/domain/decimal.js'
import { filterLineItems, type LineItemFilter, orderLineItems } from '../../src/domain/line-item.js'
import { line, nzd, resourceLine } from './bills.js'
import { anyAmount } from './decimals.js'

const LINES = [
  resourceLine('web-2', '3.00', { region: 'nz-por-1', category: 'Compute' }),
  resourceLine('web-1', '3.0', { region: 'nz-hlz-1', category: 'Compute' }),
  resourceLine('db', '20.00', { region: 'nz-por-1', category: 'Storage' }),
  resourceLine('Web', '-1.00', { region: null, category: 'Network' }),
  line({ name: 'support', type: 'SUPPORT', cost: nzd('3') }),
]

describe('filterLineItems', () => {
  it.each<[LineItemFilter, string[]]>([
    [{}, ['web-2', 'web-1', 'db', 'Web', 'support']],
    [{ namePrefix: null, types: null, category: null, region: null }, ['web-2', 'web-1', 'db', 'Web', 'support']],
    [{ namePrefix: '' }, ['web-2', 'web-1', 'db', 'Web', 'support']],
    [{ namePrefix: 'web' }, ['web-2', 'web-1']],
    [{ types: ['SUPPORT'] }, ['support']],
    [{ types: ['SUPPORT', 'RESOURCE_USAGE'] }, ['web-2', 'web-1', 'db', 'Web', 'support']],
    [{ types: [] }, []],
    [{ category: 'Compute' }, ['web-2', 'web-1']],
    [{ category: 'compute' }, []],
    [{ region: 'nz-por-1' }, ['web-2', 'db']],
    [{ region: 'nz-por-1', namePrefix: 'web' }, ['web-2']],
    [{ region: 'nowhere' }, []],
  ])('%j keeps %j, in the same order', (filter, names) => {
    expect(filterLineItems(LINES, filter).map(({ name }) => name)).toEqual(names)
  })
})

describe('orderLineItems', () => {
  it.each([
    ['AS_BILLED', ['web-2', 'web-1', 'db', 'Web', 'support']],
    ['COST_DESC', ['db', 'web-2', 'web-1', 'support', 'Web']],
    ['NAME_ASC', ['Web', 'db', 'support', 'web-1', 'web-2']],
  ] as const)('%s gives %j', async (order, names) => {
    expect((await orderLineItems(LINES, order)).map(({ name }) => name)).toEqual(names)
  })

  it('does not mutate its input', async () => {
    const lines = Object.freeze([...LINES])

    await orderLineItems(lines, 'COST_DESC')
    await orderLineItems(lines, 'NAME_ASC')

    expect(lines).toEqual(LINES)
  })

  it.each(['COST_DESC', 'NAME_ASC'] as const)('%s is a permutation in order, equals as billed', async order => {
    const anyLine = fc.tuple(fc.constantFrom('a', 'B', 'ā', 'z', '10', '9'), anyAmount)
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 60 }), async parts => {
        const lines = parts.map(([name, amount], position) => ({
          ...resourceLine(name, formatDecimal(amount)),
          position,
        }))
        const ordered = await orderLineItems(lines, order)

        expect(new Set(ordered)).toEqual(new Set(lines))
        for (const [index, right] of ordered.entries()) {
          const left = ordered[index - 1]
          if (!left) continue
          const placed =
            order === 'NAME_ASC'
              ? Math.sign(Buffer.compare(utf16(left.name), utf16(right.name)))
              : compareDecimals(right.cost.net, left.cost.net)
          expect(placed).toBeLessThan(1)
          if (placed === 0) expect(left.position).toBeLessThan(right.position)
        }
      }),
    )
  })
})

/** Bytes that compare as code units do. */
function utf16(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16()
}
