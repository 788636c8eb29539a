import { describe, expect, it } from 'vitest'
import { allocate } from '../../../src/domain/allocation/allocate.js'
import { formatDecimal } from '../../../src/domain/decimal.js'
import { parseMoney } from '../../../src/domain/money.js'
import { bill, customer, line, pool, registry, share } from './small-bill.js'

describe('allocate', () => {
  it('gives each customer the lines that it claims, and leaves the others unallocated', () => {
    expect(share(bill([line('a-web 10.00'), line('b 5.50'), line('ab-web 3.00')]), registry('a b'))).toEqual([
      'a: 10.00 + 0.00, tax 1.50',
      'b: 5.50 + 0.00, tax 0.82',
      'unallocated 3.00, tax 0.45',
    ])
  })

  it('leaves everything unallocated without a registry, and shares a bill without lines', () => {
    expect(share(bill([line('a 10.00')]), registry(''))).toEqual(['unallocated 10.00, tax 1.50'])
    expect(share(bill([]), registry('a', [pool('EVEN')]))).toEqual([
      'a: 0.00 + 0.00, tax 0.00',
      'even 0.00: a 0.00',
      'unallocated 0.00, tax 0.00',
    ])
  })

  it('lists only customers with a claim on this project in this month, and shares pools among them', () => {
    const customers = [
      customer('gone', { until: '2026-09' }),
      customer('a', { from: '2026-10', until: '2026-10' }),
      customer('next', { from: '2026-11' }),
      customer('elsewhere', { projectId: 'p2' }),
      customer('b', { projectId: 'p1' }),
    ]
    const lines = [line('a 1.00'), line('b 1.00'), line('gone-db 1.00'), line('elsewhere 1.00')]
    expect(share(bill(lines), { customers, pools: [pool('EVEN')], exchangeRates: [] })).toEqual([
      'a: 1.00 + 1.00, tax 0.30',
      'b: 1.00 + 1.00, tax 0.30',
      'even 2.00: a 1.00 b 1.00',
      'unallocated 0.00, tax 0.00',
    ])
  })

  it('gives a line to the first pool that matches, and to a pool of its own project only', () => {
    const pools = [
      pool('UNALLOCATED', { projectId: 'p2' }),
      pool('EVEN', { type: 'SUPPORT' }),
      pool('PROPORTIONAL', { prefix: 'shared' }),
      pool('UNALLOCATED', { category: 'Network' }),
    ]
    const lines = [
      line('a 30.00'),
      line('b 10.00'),
      line('shared-desk 4.00', { type: 'SUPPORT' }, 'Network'),
      line('shared-db 8.00', {}, 'Network'),
      line('router 5.00', {}, 'Network'),
      line('else 1.00'),
    ]
    expect(share(bill(lines), registry('a b', pools))).toEqual([
      'a: 30.00 + 8.00, tax 5.70',
      'b: 10.00 + 4.00, tax 2.10',
      'even 4.00: a 2.00 b 2.00',
      'proportional 8.00: a 6.00 b 2.00',
      'unallocated 5.00:',
      'unallocated 6.00, tax 0.90',
    ])
  })

  it('gives the cents that are left to the largest remainders, and of equal ones to the first key', () => {
    const lines = [line('shared 1.00'), line('c 0.00'), line('b 0.00'), line('a 0.00')]
    expect(share(bill(lines), registry('c b a', [pool('EVEN')])).slice(0, 3)).toEqual([
      'a: 0.00 + 0.34, tax 0.05',
      'b: 0.00 + 0.33, tax 0.05',
      'c: 0.00 + 0.33, tax 0.05',
    ])
    const weighted = pool('WEIGHTS', {}, { a: '1', b: '2.50', c: '2.5' })
    expect(share(bill(lines), registry('a b c', [weighted])).slice(0, 3)).toEqual([
      'a: 0.00 + 0.17, tax 0.03',
      'b: 0.00 + 0.42, tax 0.06',
      'c: 0.00 + 0.41, tax 0.06',
    ])
  })

  it('keeps each customer within a cent of its exact part over many pools', () => {
    const prefixes = ['s1', 's2', 's3', 's4', 's5']
    const pools = prefixes.map(prefix => pool('EVEN', { prefix }))
    const lines = prefixes.map(prefix => line(`${prefix} 1.00`))
    const shares = share(bill(lines), registry('a b c', pools))
    expect(shares.slice(0, 3).map(text => text.split(',')[0])).toEqual([
      'a: 0.00 + 1.67',
      'b: 0.00 + 1.67',
      'c: 0.00 + 1.66',
    ])
    expect(shares.slice(3, 8)).toEqual([
      'even 1.00: a 0.34 b 0.33 c 0.33',
      'even 1.00: a 0.33 b 0.34 c 0.33',
      'even 1.00: a 0.33 b 0.33 c 0.34',
      'even 1.00: a 0.34 b 0.33 c 0.33',
      'even 1.00: a 0.33 b 0.34 c 0.33',
    ])
  })

  it('weighs a customer whose own lines are a credit with zero', () => {
    const lines = [line('a 30.00'), line('b -20.00'), line('shared 9.00')]
    expect(share(bill(lines), registry('a b', [pool('PROPORTIONAL')]))).toEqual([
      'a: 30.00 + 9.00, tax 5.85',
      'b: -20.00 + 0.00, tax -3.00',
      'proportional 9.00: a 9.00 b 0.00',
      'unallocated 0.00, tax 0.00',
    ])
  })

  it('shares a credit only as far as a customer has to pay, and says what is left', () => {
    const lines = [line('a 30.00'), line('b 5.00'), line('grant -20.00', { type: 'CREDIT' }), line('shared 4.00')]
    const pools = [pool('EVEN', { type: 'CREDIT' }), pool('EVEN', {})]
    const result = allocate(bill(lines), registry('a b', pools), 'HALF_EVEN')
    expect(share(bill(lines), registry('a b', pools))).toEqual([
      'a: 30.00 + -8.00, tax 3.30',
      'b: 5.00 + -5.00, tax 0.00',
      'even -20.00: a -10.00 b -7.00',
      'even 4.00: a 2.00 b 2.00',
      'unallocated -3.00, tax -0.45',
    ])
    expect(result.notices).toEqual([
      {
        code: 'POOL_UNALLOCATED',
        message: 'A part of the credit in the pool "even" is not shared: it exceeds what the customers pay.',
        difference: parseMoney('-3.00', 'NZD'),
      },
    ])
  })

  it.each([
    ['weights of zero', pool('WEIGHTS', {}, { a: '0', b: '0.0' })],
    ['weights of other customers', pool('WEIGHTS', {}, { elsewhere: '1' })],
    ['no direct cost', pool('PROPORTIONAL')],
  ])('leaves a pool unallocated that has only %s, with a notice', (_, shared) => {
    const { customers, unallocated, notices } = allocate(
      bill([line('db 7.00')]),
      registry('a b', [shared]),
      'HALF_EVEN',
    )
    expect(customers.map(({ shared: part }) => formatDecimal(part))).toEqual(['0.00', '0.00'])
    expect(formatDecimal(unallocated.net)).toBe('7.00')
    expect(notices).toMatchObject([{ code: 'POOL_UNALLOCATED', difference: { digits: 700n } }])
    expect(notices[0]?.message).toBe(`The pool "${shared.name}" is not shared: no customer has a weight above zero.`)
  })

  it('shows what the stated bill differs from its lines by as the pool ROUNDING, unallocated', () => {
    expect(share(bill([line('a 10.00'), line('x 1.00')], ['11.02', '12.66']), registry('a'))).toEqual([
      'a: 10.00 + 0.00, tax 1.50',
      'ROUNDING 0.02:',
      'unallocated 1.02, tax 0.14',
    ])
    // Only the tax differs.
    expect(share(bill([line('a 10.00')], ['10.00', '11.51']), registry('a'))).toEqual([
      'a: 10.00 + 0.00, tax 1.50',
      'ROUNDING 0.00:',
      'unallocated 0.00, tax 0.01',
    ])
  })

  it('rounds lines with four decimals once, over their sum', () => {
    const lines = [line('a-1 0.0049'), line('a-2 0.0049'), line('b 0.0002')]
    expect(share(bill(lines, ['0.01', '0.02']), registry('a b')).slice(0, 2)).toEqual([
      'a: 0.01 + 0.00, tax 0.01',
      'b: 0.00 + 0.00, tax 0.00',
    ])
  })

  it("states each customer's fraction of the bill, and none of a bill of zero", () => {
    const fractions = (lines: readonly ReturnType<typeof line>[]) =>
      allocate(bill(lines), registry('a b'), 'HALF_EVEN').customers.map(one => one.share && formatDecimal(one.share))
    expect(fractions([line('a 1.00'), line('b 2.00')])).toEqual(['0.333333', '0.666667'])
    expect(fractions([line('a 1.00'), line('b -1.00')])).toEqual([null, null])
  })

  it('knows no tax of a bill whose tax is unknown', () => {
    const unknown = bill([line('a 1.00')])
    const total = { ...unknown.total, tax: null, gross: null, taxRate: null, taxBasis: 'UNKNOWN' } as const
    const { customers, unallocated } = allocate({ ...unknown, total }, registry('a'), 'HALF_EVEN')
    for (const one of [customers[0]?.total, unallocated])
      expect(one).toMatchObject({ tax: null, gross: null, taxBasis: 'UNKNOWN' })
  })

  it('refuses a line in another currency', () => {
    const euros = line('a 1.00')
    const mixed = bill([line('a 1.00')])
    const lineItems = [{ ...euros, cost: { ...euros.cost, net: parseMoney('1.00', 'EUR') } }]
    expect(() => allocate({ ...mixed, lineItems }, registry('a'), 'HALF_EVEN')).toThrow(
      new RangeError('cannot share EUR in a bill in NZD'),
    )
  })
})
