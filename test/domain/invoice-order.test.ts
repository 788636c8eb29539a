import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKeys, invoiceKey, isInvoiceKey, reverseOrder, sortInvoices } from '../../src/domain/invoice-order.js'
import { toPeriod } from '../../src/domain/period.js'
import { anyInvoices, invoice } from './bills.js'

const ORDERS = ['PERIOD_ASC', 'PERIOD_DESC'] as const

describe('invoiceKey', () => {
  it.each([
    [invoice({ source: 'THREESCALE', nativeId: '1201' }), '2026-10|1|0000000000000001201'],
    [invoice({ source: 'THREESCALE', nativeId: '9223372036854775807' }), '2026-10|1|9223372036854775807'],
    [invoice({ nativeId: 'abc/2026-10-31' }), '2026-10|2|2026-10-31|abc'],
    [invoice({ nativeId: 'abc/2026-11-01', period: toPeriod('2026-11') }), '2026-11|2|2026-11-01|abc'],
  ])('consists of month, system and position: %#', (subject, key) => {
    expect(invoiceKey(subject)).toBe(key)
  })

  it('differs between any two invoices, and is recognised', () => {
    fc.assert(
      fc.property(anyInvoices, invoices => {
        const keys = invoices.map(invoiceKey)

        expect(new Set(keys).size).toBe(invoices.length)
        expect(keys.filter(key => !isInvoiceKey(key))).toEqual([])
      }),
    )
  })
})

describe('isInvoiceKey', () => {
  it.each([
    '',
    '2026-10',
    '2026-10|1|1201',
    '2026-10|1|00000000000000001201',
    '2026-10|1|0000000000000001201|',
    '2026-10|1|0000000000000001201|abc',
    '2026-10|3|0000000000000001201',
    '2026-13|1|0000000000000001201',
    '2026-00|2|2026-10-31|abc',
    '2026-10|2|2026-10-32|abc',
    '2026-10|2|2026-02-30|abc',
    '2026-10|2|2026-10-31|',
    '2026-10|2|2026-10-31|a/b',
    '2026-10|2|2026-10-31|abc|d',
    '2026-10|2|2026-10-31|abc\n',
    `2026-10|2|2026-10-31|${'a'.repeat(65)}`,
  ])('refuses %j', text => {
    expect(isInvoiceKey(text)).toBe(false)
  })
})

describe('compareKeys', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(anyInvoices, fc.constantFrom(...ORDERS), (invoices, order) => {
        const [a = '', b = '', c = ''] = invoices.map(invoiceKey)

        expect(compareKeys(a, b, order) + compareKeys(b, a, order)).toBe(0)
        if (compareKeys(a, b, order) <= 0 && compareKeys(b, c, order) <= 0) {
          expect(compareKeys(a, c, order)).toBeLessThan(1)
        }
        expect(compareKeys(a, b, order) === 0).toBe(a === b)
      }),
    )
  })
})

describe('sortInvoices', () => {
  it('puts the newest period first or last, and Catalyst as the newer within a month', () => {
    const [september, october] = [toPeriod('2026-09'), toPeriod('2026-10')]
    const invoices = [
      invoice({ source: 'THREESCALE', nativeId: '9', period: october }),
      invoice({ source: 'THREESCALE', nativeId: '10', period: october }),
      invoice({ source: 'THREESCALE', nativeId: '11', period: september }),
      invoice({ nativeId: 'abc/2026-09-30', period: september }),
      invoice({ nativeId: 'abc/2026-10-31', period: october }),
      invoice({ nativeId: 'abc/2026-10-15', period: october }),
    ]

    expect(sortInvoices(invoices, 'PERIOD_DESC').map(({ nativeId }) => nativeId)).toEqual([
      'abc/2026-10-31',
      'abc/2026-10-15',
      '10',
      '9',
      'abc/2026-09-30',
      '11',
    ])
  })

  it('returns one list whatever the input order, and exactly its reverse in the other order', () => {
    fc.assert(
      fc.property(anyInvoices, fc.constantFrom(...ORDERS), (invoices, order) => {
        const sorted = sortInvoices(invoices, order)

        expect(sortInvoices(invoices.toReversed(), order)).toEqual(sorted)
        expect(sortInvoices(invoices, reverseOrder(order))).toEqual(sorted.toReversed())
        expect(new Set(sorted)).toEqual(new Set(invoices))
      }),
    )
  })

  it('never puts a later month before an earlier one in ascending order', () => {
    fc.assert(
      fc.property(anyInvoices, invoices => {
        const months = sortInvoices(invoices, 'PERIOD_ASC').map(({ period }) => period.month)
        expect(months).toEqual(months.toSorted())
      }),
    )
  })

  it('does not mutate its input', () => {
    const invoices = Object.freeze([invoice({ nativeId: 'a/2026-10-30' }), invoice({ nativeId: 'a/2026-10-31' })])

    sortInvoices(invoices, 'PERIOD_DESC')

    expect(invoices[0]?.nativeId).toBe('a/2026-10-30')
  })
})
