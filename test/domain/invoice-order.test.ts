import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKeys, invoiceKey, isInvoiceKey, reverseOrder, sortInvoices } from '../../src/domain/invoice-order.js'
import { toPeriod } from '../../src/domain/period.js'
import { anyInvoices, invoice, nzd } from './bills.js'

const ORDERS = [
  'PERIOD_ASC',
  'PERIOD_DESC',
  'AMOUNT_ASC',
  'AMOUNT_DESC',
  'ISSUED_ASC',
  'ISSUED_DESC',
  'DUE_ASC',
  'DUE_DESC',
] as const

describe('invoiceKey', () => {
  it.each([
    [invoice({ source: 'THREESCALE', nativeId: '1201' }), '2026-10|1|0000000000000001201'],
    [invoice({ source: 'THREESCALE', nativeId: '9223372036854775807' }), '2026-10|1|9223372036854775807'],
    [invoice({ nativeId: 'abc/2026-10-31' }), '2026-10|2|2026-10-31|abc'],
    [invoice({ nativeId: 'abc/2026-11-01', period: toPeriod('2026-11') }), '2026-11|2|2026-11-01|abc'],
  ])('consists of month, system and position: %#', (subject, key) => {
    expect(invoiceKey(subject, 'PERIOD_DESC')).toBe(key)
  })

  it('differs between any two invoices, and is recognised', () => {
    fc.assert(
      fc.property(anyInvoices, fc.constantFrom(...ORDERS), (invoices, order) => {
        const keys = invoices.map(one => invoiceKey(one, order))

        expect(new Set(keys).size).toBe(invoices.length)
        expect(keys.filter(key => !isInvoiceKey(key, order))).toEqual([])
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
    expect(isInvoiceKey(text, 'PERIOD_DESC')).toBe(false)
  })

  it.each([
    '2026-10|1|0000000000000001201',
    '~2026-10|1|0000000000000001201',
    '2026-02-30~2026-10|1|0000000000000001201',
    '2026-02-28~2026-10|1|0000000000000001201~',
    '000000000000000000000000000001~2026-10|1|0000000000000001201',
  ])('refuses %j as the key of a list by issue date', text => {
    expect(isInvoiceKey(text, 'ISSUED_DESC')).toBe(false)
  })
})

describe('compareKeys', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(anyInvoices, fc.constantFrom(...ORDERS), (invoices, order) => {
        const [a = '', b = '', c = ''] = invoices.map(one => invoiceKey(one, order))

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

  it('orders by amount with tax, exactly, negative ones and those without tax known lowest', () => {
    const amounts = ['-1000.00', '-0.01', '0.00', '9.99', '10.00', '99999999999999999.99', '100000000000000000.00']
    const invoices = amounts.map((net, index) => invoice({ nativeId: `a/2026-10-${10 + index}`, total: nzd(net) }))
    const unknown = invoice({ nativeId: 'a/2026-10-30', total: { ...nzd('5.00'), gross: null } })
    const sorted = sortInvoices([...invoices.toReversed(), unknown], 'AMOUNT_ASC')
    expect(sorted).toEqual([unknown, ...invoices])
  })

  it('orders by issue and due date, invoices without one last in descending order', () => {
    const [a, b, c] = [
      invoice({ nativeId: 'a/2026-10-29', issuedOn: '2026-11-02', dueOn: null }),
      invoice({ nativeId: 'a/2026-10-30', issuedOn: null, dueOn: '2026-12-01' }),
      invoice({ nativeId: 'a/2026-10-31', issuedOn: '2026-11-01', dueOn: '2026-12-02' }),
    ]
    expect(sortInvoices([a, b, c], 'ISSUED_DESC')).toEqual([a, c, b])
    expect(sortInvoices([a, b, c], 'DUE_DESC')).toEqual([c, b, a])
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
