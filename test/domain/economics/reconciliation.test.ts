import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimals, formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import { costOfMonth, type MonthCost } from '../../../src/domain/economics/month-cost.js'
import { type ReconciliationParts, reconcile } from '../../../src/domain/economics/reconciliation.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import { invoice, nzd } from '../bills.js'
import { sale, saleLine, sold } from './sales.js'

const NOW = '2026-11'
const MONTH = '2026-10'
const MARKER = '[oc:v1:0f3a5b7c9d1e]'

function bill(net: string): MonthCost {
  const documents = [invoice({ total: nzd(net) })]
  return costOfMonth(MONTH, [{ projectId: 'p1', documents, read: 'COMPLETE' }], ({ total }) => total, NOW)
}

function figures(invoices: readonly Invoice[] | null, parts: Partial<ReconciliationParts> = {}) {
  return reconcile({
    month: MONTH,
    now: NOW,
    cost: bill('81.69'),
    invoices,
    serviceMonths: new Map(),
    exchangeRates: [],
    gaps: [],
    ...parts,
  })
}

function printed(invoices: readonly Invoice[] | null, parts: Partial<ReconciliationParts> = {}) {
  const { cost, onCharged, billed, paid, differences } = figures(invoices, parts)
  return [
    [cost, onCharged, billed, paid].map(one => one && formatDecimal(one)),
    differences.map(({ cause, amount, invoice: found }) => [cause, formatDecimal(amount), found?.nativeId ?? null]),
  ]
}

const marked = (net: string) => [saleLine(net, `web-01 ${MARKER}`)]

describe('a reconciliation', () => {
  it.each<{ when: string; invoices: Invoice[]; are: unknown }>([
    {
      when: 'all of the cost was on-charged and paid',
      invoices: [sale('81.69', { lineItems: marked('81.69') })],
      are: [['81.69', '81.69', '81.69', '81.69'], []],
    },
    {
      when: 'nothing was billed',
      invoices: [],
      are: [['81.69', '0.00', '0.00', '0.00'], [['NOT_ON_CHARGED', '-81.69', null]]],
    },
    {
      when: 'the only invoice is cancelled',
      invoices: [sale('81.69', { lineItems: marked('81.69'), state: 'CANCELLED' })],
      are: [['81.69', '0.00', '0.00', '0.00'], [['NOT_ON_CHARGED', '-81.69', null]]],
    },
    {
      when: 'the cost changed after it was on-charged',
      invoices: [sale('70.00', { lineItems: marked('70.00') })],
      are: [['81.69', '70.00', '70.00', '70.00'], [['CHANGED_SINCE', '-11.69', null]]],
    },
    {
      when: 'the lines are rounded',
      invoices: [sale('81.70', { lineItems: [...marked('40.85'), ...marked('40.85')] })],
      are: [['81.69', '81.70', '81.70', '81.70'], [['ROUNDING', '0.01', null]]],
    },
    {
      when: 'the invoice has a fee of its own',
      invoices: [sale('101.69', { lineItems: [...marked('81.69'), saleLine('20.00')] })],
      are: [['81.69', '81.69', '101.69', '101.69'], [['FOREIGN_LINES', '20.00', '1001']]],
    },
    {
      when: 'the invoice states another total than its lines',
      invoices: [sale('81.70', { lineItems: marked('81.69') })],
      are: [['81.69', '81.69', '81.70', '81.70'], [['ROUNDING', '0.01', '1001']]],
    },
    {
      when: 'the invoice is open',
      invoices: [sale('81.69', { lineItems: marked('81.69'), state: 'OPEN' })],
      are: [['81.69', '81.69', '81.69', '0.00'], [['NOT_ISSUED', '-81.69', '1001']]],
    },
    {
      when: 'the invoice is unpaid',
      invoices: [sale('81.69', { lineItems: marked('81.69'), state: 'UNPAID' })],
      are: [['81.69', '81.69', '81.69', '0.00'], [['NOT_PAID', '-81.69', '1001']]],
    },
    {
      when: 'the invoices are in two currencies',
      invoices: [sale('1.00'), sale('2.00', { nativeId: '1002', total: sold('2.00', 'EUR') })],
      are: [
        ['81.69', null, null, null],
        [
          ['CURRENCY', '1.00', '1001'],
          ['CURRENCY', '2.00', '1002'],
        ],
      ],
    },
  ])('names each difference when $when', ({ invoices, are }) => {
    expect(printed(invoices)).toEqual(are)
  })

  it('converts the cost only at a rate of the registry for the month', () => {
    const euros = sale('44.93', { total: sold('44.93', 'EUR'), lineItems: [] })
    const lineItems = [{ ...saleLine('44.93', MARKER), cost: sold('44.93', 'EUR') }]
    const exchangeRates = [{ month: MONTH, from: 'NZD', to: 'EUR', rate: parseDecimal('0.55') }]
    expect(printed([{ ...euros, lineItems }], { exchangeRates })).toEqual([['81.69', '44.93', '44.93', '44.93'], []])
    expect(printed([{ ...euros, lineItems }])).toEqual([
      ['81.69', '44.93', '44.93', '44.93'],
      [['CURRENCY', '81.69', null]],
    ])
  })

  it('compares what is known, and names the gaps', () => {
    expect(printed(null, { gaps: ['NOT_ALL_VISIBLE'] })).toEqual([['81.69', null, null, null], []])
    expect(printed([sale('5.00')], { cost: null, gaps: ['NOT_ALL_VISIBLE'] })).toEqual([
      [null, '0.00', '5.00', '5.00'],
      [['FOREIGN_LINES', '5.00', '1001']],
    ])
    expect(figures(null, { cost: null, gaps: ['UPSTREAM_DOWN', 'NO_BUYER'] })).toMatchObject({
      cost: null,
      billed: null,
      gaps: ['NO_BUYER', 'UPSTREAM_DOWN'],
    })
    expect(figures([sale('5.00', { state: 'OPEN', stale: true })]).gaps).toEqual(['NOT_ISSUED', 'STALE'])
  })

  it('leaves nothing unexplained: cost and all differences sum to what was paid', () => {
    const cents = fc.bigInt({ min: -100_000n, max: 100_000n }).map(digits => formatDecimal({ digits, scale: 2 }))
    const anyLine = fc.tuple(cents, fc.constantFrom(null, MARKER)).map(([net, text]) => saleLine(net, text))
    const state = fc.constantFrom('PAID', 'UNPAID', 'PENDING', 'FAILED', 'OPEN', 'FINALIZED', 'CANCELLED', 'UNKNOWN')
    const anySale = fc
      .tuple(cents, state, fc.array(anyLine, { maxLength: 4 }))
      .map(([net, one, lineItems]) => sale(net, { state: one, lineItems }))
    fc.assert(
      fc.property(cents, fc.array(anySale, { maxLength: 4 }), (net, invoices) => {
        const { cost, paid, differences } = figures(invoices, { cost: bill(net) })
        if (!cost || !paid) throw new Error('both are known')
        const sum = [cost, ...differences.map(({ amount }) => amount)].reduce(addDecimals, { digits: 0n, scale: 2 })
        expect(formatDecimal(sum)).toBe(formatDecimal(paid))
      }),
    )
  })
})
