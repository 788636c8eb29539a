import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExchangeRate } from '../../../src/domain/customer-registry.js'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import { exchange } from '../../../src/domain/economics/exchange.js'
import { type MarginGap, type MarginParts, marginOf } from '../../../src/domain/economics/margin.js'
import { costOfMonth, type MonthCost } from '../../../src/domain/economics/month-cost.js'
import { type MonthRevenue, revenueOfMonth } from '../../../src/domain/economics/revenue.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import { addMoney, parseMoney } from '../../../src/domain/money.js'
import type { Quotation } from '../../../src/domain/quotation.js'
import { invoice, nzd, quotation } from '../bills.js'
import { sale, sold } from './sales.js'

const NOW = '2026-11'
const MONTH = '2026-10'

function costFrom(documents: readonly (Invoice | Quotation)[], month = MONTH): MonthCost {
  return costOfMonth(month, [{ projectId: 'p1', documents, read: 'COMPLETE' }], ({ total }) => total, NOW)
}

function bill(net: string, members: Partial<Invoice> = {}): MonthCost {
  return costFrom([invoice({ total: nzd(net), ...members })])
}

function revenueFrom(invoices: readonly Invoice[], month = MONTH): MonthRevenue {
  return revenueOfMonth(invoices, month, NOW, new Map())
}

function margin(parts: Partial<MarginParts>) {
  return marginOf({
    month: MONTH,
    costs: 'DIRECT',
    cost: bill('60.00'),
    revenue: revenueFrom([sale('100.00')]),
    gaps: [],
    exchangeRates: [],
    ...parts,
  })
}

function figures(parts: Partial<MarginParts>) {
  const { revenue, collected, cost, amount, rate, exchangeRate } = margin(parts)
  return [revenue, collected, cost, amount, rate, exchangeRate].map(one => one && formatDecimal(one))
}

describe('the margin of a month', () => {
  it('is revenue less cost, both without tax', () => {
    expect(figures({})).toEqual(['100.00', '100.00', '60.00', '40.00', '0.400000', null])
    expect(margin({})).toMatchObject({
      gaps: [],
      costs: 'DIRECT',
      period: { month: MONTH },
      asOf: '2026-11-02T03:04:05.000Z',
    })
  })

  it('is negative when the customer cost more than it was billed', () => {
    expect(figures({ cost: bill('150.00') })).toEqual(['100.00', '100.00', '150.00', '-50.00', '-0.500000', null])
  })

  it('does not wait for payment: what was collected stands beside what was billed', () => {
    const revenue = revenueFrom([sale('100.00', { state: 'UNPAID' })])
    expect(figures({ revenue })).toEqual(['100.00', '0.00', '60.00', '40.00', '0.400000', null])
  })

  it('has no rate without revenue to divide by', () => {
    expect(figures({ revenue: revenueFrom([sale('0.00')]) }).slice(3)).toEqual(['-60.00', null, null])
  })

  it.each<{ gap: MarginGap; parts: Partial<MarginParts> }>([
    { gap: 'NO_COST', parts: { cost: costFrom([]) } },
    { gap: 'COST_INCOMPLETE', parts: { cost: { ...costFrom([]), isIncomplete: true } } },
    { gap: 'NO_REVENUE', parts: { revenue: revenueFrom([]) } },
    { gap: 'NO_REVENUE', parts: { revenue: revenueFrom([sale('100.00', { state: 'CANCELLED' })]) } },
    { gap: 'NOT_ISSUED', parts: { revenue: revenueFrom([sale('100.00', { state: 'OPEN' })]) } },
    { gap: 'NOT_ISSUED', parts: { revenue: revenueFrom([sale('100.00', { state: 'UNKNOWN' })]) } },
    { gap: 'STALE', parts: { cost: bill('60.00', { stale: true }) } },
    { gap: 'STALE', parts: { revenue: revenueFrom([sale('100.00', { stale: true })]) } },
    { gap: 'MIXED_CURRENCIES', parts: { revenue: revenueFrom([sale('100.00', { total: sold('100.00', 'EUR') })]) } },
    {
      gap: 'MIXED_CURRENCIES',
      parts: { revenue: revenueFrom([sale('100.00'), sale('1.00', { total: sold('1.00', 'EUR') })]) },
    },
    {
      gap: 'UPSTREAM_DOWN',
      parts: { cost: costOfMonth(MONTH, [{ projectId: 'p1', documents: [], read: 'FAILED' }], () => null, NOW) },
    },
    { gap: 'REGISTRY_GAP', parts: { cost: null, gaps: ['REGISTRY_GAP'] } },
    { gap: 'NO_BUYER', parts: { revenue: null, gaps: ['NO_BUYER'] } },
    { gap: 'NOT_ALL_VISIBLE', parts: { revenue: null, gaps: ['NOT_ALL_VISIBLE'] } },
    { gap: 'UNALLOCATED', parts: { costs: 'FULL', gaps: ['UNALLOCATED'] } },
    { gap: 'WRITE_IN_DOUBT', parts: { gaps: ['WRITE_IN_DOUBT'] } },
  ])('is absent with the gap $gap', ({ gap, parts }) => {
    expect(margin(parts)).toMatchObject({ amount: null, rate: null, gaps: [gap] })
  })

  it('is absent in the running month, with the figures so far', () => {
    const cost = costFrom([quotation({ total: nzd('5.00') })], NOW)
    const revenue = revenueFrom([sale('9.00', { month: NOW })], NOW)
    expect(margin({ month: NOW, cost, revenue })).toMatchObject({ amount: null, rate: null, gaps: ['COST_RUNNING'] })
    expect(figures({ month: NOW, cost, revenue }).slice(0, 3)).toEqual(['9.00', '9.00', '5.00'])
  })

  it('lists all gaps once, in the order of the enumeration', () => {
    const cost = bill('60.00', { stale: true })
    const revenue = revenueFrom([sale('1.00', { state: 'OPEN', stale: true, total: sold('1.00', 'EUR') })])
    expect(margin({ cost, revenue, gaps: ['REGISTRY_GAP', 'STALE'] }).gaps).toEqual([
      'NOT_ISSUED',
      'MIXED_CURRENCIES',
      'REGISTRY_GAP',
      'STALE',
    ])
  })

  it('has an amount if and only if it has no gap, and then cost and margin sum to the revenue', () => {
    const cents = fc.bigInt({ min: -10_000_000n, max: 10_000_000n }).map(digits => formatDecimal({ digits, scale: 2 }))
    const anyCost = fc.oneof(
      fc.constant(null),
      fc.record({ net: cents, stale: fc.boolean() }).map(({ net, stale }) => bill(net, { stale })),
      fc.constant(costFrom([])),
    )
    const state = fc.constantFrom('PAID', 'UNPAID', 'OPEN', 'CANCELLED')
    const anySale = fc.record({
      net: cents,
      state,
      stale: fc.boolean(),
      currency: fc.constantFrom('NZD', 'NZD', 'EUR'),
    })
    const anyRevenue = fc
      .array(anySale, { maxLength: 4 })
      .map(sales =>
        revenueFrom(sales.map(({ net, currency, ...rest }) => sale(net, { ...rest, total: sold(net, currency) }))),
      )
    const gaps = fc.subarray<MarginGap>(['NO_BUYER', 'REGISTRY_GAP'])
    fc.assert(
      fc.property(anyCost, anyRevenue, gaps, (cost, revenue, more) => {
        const given = cost === null ? [...more, 'NOT_ALL_VISIBLE' as const] : more
        const found = margin({ cost, revenue, gaps: given })
        expect(found.amount !== null).toBe(found.gaps.length === 0)
        if (found.gaps.length > 0) expect(found.rate).toBeNull()
        if (!found.amount || !found.cost || !found.revenue) return
        expect(addMoney(found.amount, found.cost)).toEqual(found.revenue)
      }),
    )
  })
})

describe('an exchange rate', () => {
  const rate = (members: Partial<ExchangeRate> = {}): ExchangeRate => ({
    month: MONTH,
    from: 'NZD',
    to: 'EUR',
    rate: parseDecimal('0.55'),
    ...members,
  })
  const revenue = revenueFrom([sale('100.00', { total: sold('100.00', 'EUR') })])

  it('converts the cost to the currency of the revenue, and is shown', () => {
    expect(figures({ revenue, exchangeRates: [rate()] })).toEqual([
      '100.00',
      '100.00',
      '60.00',
      '67.00',
      '0.670000',
      '0.55',
    ])
    expect(margin({ revenue, exchangeRates: [rate()] }).amount?.currency).toBe('EUR')
  })

  it.each([
    ['of another month', rate({ month: '2026-09' })],
    ['of the opposite direction', rate({ from: 'EUR', to: 'NZD' })],
    ['of another currency', rate({ to: 'USD' })],
  ])('%s is not used', (_, other) => {
    expect(margin({ revenue, exchangeRates: [other] })).toMatchObject({
      amount: null,
      exchangeRate: null,
      gaps: ['MIXED_CURRENCIES'],
    })
  })

  it('is not needed, nor shown, within one currency', () => {
    expect(exchange(parseMoney('1.005', 'NZD'), 'NZD', MONTH, [rate({ to: 'NZD' })])).toEqual({
      amount: parseMoney('1.005', 'NZD'),
      rate: null,
    })
  })

  it('is multiplied, and the result rounded to cents', () => {
    expect(exchange(parseMoney('81.69', 'NZD'), 'EUR', MONTH, [rate()])?.amount).toEqual(parseMoney('44.93', 'EUR'))
  })
})
