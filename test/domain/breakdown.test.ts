import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakDown, type CostDimension, type CostShare } from '../../src/domain/breakdown.js'
import { formatDecimal } from '../../src/domain/decimal.js'
import { line, nzd, resourceLine } from './bills.js'
import { anyAmount, digitsAt } from './decimals.js'

const LINES = [
  resourceLine('web', '30.00', { region: 'nz-por-1', category: 'Compute', product: 'c1.c2r4' }),
  resourceLine(null, '50.00', { region: null, category: 'Network', product: 'n1.network' }),
  resourceLine('web', '15.00', { region: 'nz-hlz-1', category: 'Storage', product: 'b1.standard' }),
  line({ name: 'support', type: 'SUPPORT', cost: nzd('5.00') }),
]

describe('breakDown', () => {
  it.each<[CostDimension, [key: string, count: number, net: string, share: string][]]>([
    [
      'CATEGORY',
      [
        ['Network', 1, '50.00', '0.500000'],
        ['Compute', 1, '30.00', '0.300000'],
        ['Storage', 1, '15.00', '0.150000'],
        ['', 1, '5.00', '0.050000'],
      ],
    ],
    [
      'PRODUCT',
      [
        ['n1.network', 1, '50.00', '0.500000'],
        ['c1.c2r4', 1, '30.00', '0.300000'],
        ['b1.standard', 1, '15.00', '0.150000'],
        ['', 1, '5.00', '0.050000'],
      ],
    ],
    [
      'REGION',
      [
        ['', 2, '55.00', '0.550000'],
        ['nz-por-1', 1, '30.00', '0.300000'],
        ['nz-hlz-1', 1, '15.00', '0.150000'],
      ],
    ],
    [
      'RESOURCE',
      [
        ['', 1, '50.00', '0.500000'],
        ['web', 2, '45.00', '0.450000'],
        ['support', 1, '5.00', '0.050000'],
      ],
    ],
    [
      'TYPE',
      [
        ['RESOURCE_USAGE', 3, '95.00', '0.950000'],
        ['SUPPORT', 1, '5.00', '0.050000'],
      ],
    ],
  ])('groups by %s, the dearest first', async (dimension, rows) => {
    expect((await breakDown(LINES, dimension, 'NZD')).map(row)).toEqual(rows)
  })

  it('of nothing is nothing', async () => {
    expect(await breakDown([], 'PRODUCT', 'NZD')).toEqual([])
  })

  it('has the share 0 throughout when the whole is zero', async () => {
    const lines = [resourceLine('a', '5.00'), resourceLine('b', '-5.00')]

    expect((await breakDown(lines, 'RESOURCE', 'NZD')).map(row)).toEqual([
      ['a', 1, '5.00', '0'],
      ['b', 1, '-5.00', '0'],
    ])
  })

  it('keeps equals in the order billed', async () => {
    const lines = ['d', 'b', 'c', 'a'].map(name => resourceLine(name, '1.00'))

    expect((await breakDown(lines, 'RESOURCE', 'NZD')).map(({ key }) => key)).toEqual(['d', 'b', 'c', 'a'])
  })

  it('counts a credit against the whole: shares may be negative or above one', async () => {
    const lines = [resourceLine('a', '150.00'), resourceLine('b', '-50.00')]

    expect((await breakDown(lines, 'RESOURCE', 'NZD')).map(({ share }) => formatDecimal(share))).toEqual([
      '1.500000',
      '-0.500000',
    ])
  })

  it('loses no line and no cent, and its shares make one', async () => {
    const anyLine = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', null), anyAmount)
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 60 }), async parts => {
        const lines = parts.map(([name, amount]) => resourceLine(name, formatDecimal(amount)))
        const shares = await breakDown(lines, 'RESOURCE', 'NZD')
        const whole = parts.reduce((sum, [, amount]) => sum + digitsAt(amount, 6), 0n)

        expect(shares.reduce((count, share) => count + share.count, 0)).toBe(lines.length)
        expect(shares.reduce((sum, { total }) => sum + digitsAt(total.net, 6), 0n)).toBe(whole)
        if (whole !== 0n) expect(distance(millionths(shares), 1_000_000n) * 2n <= BigInt(shares.length)).toBe(true)
      }),
    )
  })
})

function row({ key, count, total, share }: CostShare): [string, number, string, string] {
  return [key, count, formatDecimal(total.net), formatDecimal(share)]
}

/** Each share is rounded, by half a millionth at the most. */
function millionths(shares: readonly CostShare[]): bigint {
  return shares.reduce((sum, { share }) => sum + digitsAt(share, 6), 0n)
}

function distance(left: bigint, right: bigint): bigint {
  return left < right ? right - left : left - right
}
