import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimals, formatDecimal } from '../../../src/domain/decimal.js'
import { onChargeMarkerOf } from '../../../src/domain/economics/on-charge-marker.js'
import { revenueOfMonth, type ServiceMonths } from '../../../src/domain/economics/revenue.js'
import type { Invoice, InvoiceState } from '../../../src/domain/invoice.js'
import { monthsFrom, toPeriod } from '../../../src/domain/period.js'
import { sale, saleLine, sold } from './sales.js'

const NOW = '2026-11'
const NO_MARKERS: ServiceMonths = new Map()

function revenueOf(invoices: readonly Invoice[], month = '2026-10', states: readonly InvoiceState[] | null = null) {
  const found = revenueOfMonth(invoices, month, NOW, NO_MARKERS, states)
  return [
    found.state,
    found.amount && formatDecimal(found.amount.net),
    found.collected && formatDecimal(found.collected),
  ]
}

describe('the revenue of a month', () => {
  it.each<{ when: string; invoices: Invoice[]; is: unknown[] }>([
    { when: 'a paid invoice', invoices: [sale('100.00')], is: ['CLOSED', '100.00', '100.00'] },
    { when: 'an unpaid invoice', invoices: [sale('100.00', { state: 'UNPAID' })], is: ['CLOSED', '100.00', '0.00'] },
    {
      when: 'one paid and one failed',
      invoices: [sale('100.00'), sale('7.50', { state: 'FAILED' })],
      is: ['CLOSED', '107.50', '100.00'],
    },
    { when: 'an open invoice', invoices: [sale('5.00', { state: 'OPEN' })], is: ['RUNNING', '5.00', '0.00'] },
    { when: 'a finalized invoice', invoices: [sale('5.00', { state: 'FINALIZED' })], is: ['RUNNING', '5.00', '0.00'] },
    { when: 'an unknown state', invoices: [sale('5.00', { state: 'UNKNOWN' })], is: ['RUNNING', '5.00', '0.00'] },
    { when: 'only a cancelled invoice', invoices: [sale('5.00', { state: 'CANCELLED' })], is: ['NO_BILL', null, null] },
    { when: 'no invoice', invoices: [], is: ['NO_BILL', null, null] },
    { when: 'invoices of other months', invoices: [sale('5.00', { month: '2026-09' })], is: ['NO_BILL', null, null] },
    { when: 'old data', invoices: [sale('5.00', { stale: true })], is: ['STALE', '5.00', '5.00'] },
    {
      when: 'two currencies',
      invoices: [sale('5.00'), sale('5.00', { total: sold('5.00', 'EUR') })],
      is: ['MIXED_CURRENCIES', null, null],
    },
  ])('is $is with $when', ({ invoices, is }) => {
    expect(revenueOf(invoices)).toEqual(is)
  })

  it('is without tax; tax and gross stand beside it', () => {
    const { amount } = revenueOfMonth([sale('100.00')], '2026-10', NOW, NO_MARKERS)
    expect(amount && [amount.net, amount.tax, amount.gross].map(one => one && formatDecimal(one))).toEqual([
      '100.00',
      '21.00',
      '121.00',
    ])
  })

  it('is not final while the month runs', () => {
    expect(revenueOf([sale('5.00', { month: NOW })], NOW)[0]).toBe('RUNNING')
  })

  it('counts only the requested states, and knows a zero from a gap', () => {
    const invoices = [sale('100.00'), sale('7.50', { state: 'UNPAID' })]
    expect(revenueOf(invoices, '2026-10', ['UNPAID'])[1]).toBe('7.50')
    expect(revenueOf(invoices, '2026-10', ['FAILED'])[1]).toBe('0.00')
    expect(revenueOf([], '2026-10', ['FAILED'])[1]).toBeNull()
  })

  it('belongs to the month in which an invoice begins, not to that in which it ends', () => {
    const long = sale('9.00', { period: { ...toPeriod('2026-09'), endExclusive: '2026-10-15' } })
    expect([revenueOf([long], '2026-09')[1], revenueOf([long], '2026-10')[1]]).toEqual(['9.00', null])
  })

  it('assigns on-charged lines to their month of service, and the rest to the period of the invoice', () => {
    const marker = '[oc:v1:0f3a5b7c9d1e]'
    const invoice = sale('30.00', { lineItems: [saleLine('20.00'), saleLine('10.00', `web-01 ${marker}`)] })
    const serviceMonths = new Map([[marker, '2026-08']])
    const nets = monthsFrom('2026-08', '2026-10').map(month => {
      const { amount } = revenueOfMonth([invoice], month, NOW, serviceMonths)
      return amount && formatDecimal(amount.net)
    })
    expect(nets).toEqual(['10.00', null, '20.00'])
  })

  it('of all months sums to the invoices, wherever their lines belong', () => {
    const months = monthsFrom('2026-01', '2026-06')
    const markers = months.map((month, index) => [`[oc:v1:00000000000${index}]`, month] as const)
    const cents = fc.bigInt({ min: -100_000n, max: 100_000n }).map(digits => formatDecimal({ digits, scale: 2 }))
    const anyLine = fc.tuple(cents, fc.option(fc.constantFrom(...markers.map(([marker]) => marker))))
    const anyInvoice = fc.tuple(fc.constantFrom(...months), cents, fc.array(anyLine))
    fc.assert(
      fc.property(fc.array(anyInvoice, { minLength: 1 }), sets => {
        const invoices = sets.map(([month, net, lines]) =>
          sale(net, { month, lineItems: lines.map(([cost, marker]) => saleLine(cost, marker)) }),
        )
        const nets = months.flatMap(month => {
          const { amount } = revenueOfMonth(invoices, month, NOW, new Map(markers))
          return amount ? [amount.net] : []
        })
        const zero = { digits: 0n, scale: 2 }
        expect(nets.reduce(addDecimals, zero).digits).toBe(
          invoices.map(({ total }) => total.net).reduce(addDecimals, zero).digits,
        )
      }),
    )
  })
})

describe('the on-charge marker', () => {
  it.each([
    ['web-01, 720 hours [oc:v1:0f3a5b7c9d1e]', '[oc:v1:0f3a5b7c9d1e]'],
    ['[oc:v1:0f3a5b7c9d1e] ', '[oc:v1:0f3a5b7c9d1e]'],
    ['[oc:v1:0f3a5b7c9d1e] web-01', null],
    ['[oc:v2:0f3a5b7c9d1e]', null],
    ['[oc:v1:0F3A5B7C9D1E]', null],
    ['[oc:v1:0f3a]', null],
    ['', null],
    [null, null],
  ])('of %o is %o', (description, marker) => {
    expect(onChargeMarkerOf({ description })).toBe(marker)
  })
})
