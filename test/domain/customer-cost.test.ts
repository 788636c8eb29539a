import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CustomerCost, costOnInvoices, costOnQuotation } from '../../src/domain/customer-cost.js'
import { formatDecimal } from '../../src/domain/decimal.js'
import type { Notice } from '../../src/domain/notice.js'
import { toPeriod } from '../../src/domain/period.js'
import type { PrefixMatch } from '../../src/domain/prefix-index.js'
import { invoice, line, nzd, quotation, resourceLine } from './bills.js'
import { anyAmount, digitsAt } from './decimals.js'

const LEGACY_TAX: Notice = { code: 'LEGACY_TAX', message: 'net and tax are computed', difference: null }

describe('costOnInvoices', () => {
  it("adds up the customer's lines and keeps them in the order billed", () => {
    const lineItems = [
      resourceLine('customer-1-web', '10.00'),
      resourceLine('other', '99.00'),
      resourceLine('customer-1-db', '2.50'),
    ]
    const cost = costOnInvoices([invoice({ lineItems })], { prefix: 'customer-1', match: 'SEGMENT' })

    expect(printed(cost)).toEqual(['12.50', '14.38'])
    expect(cost.lineItems).toEqual([lineItems[0], lineItems[2]])
    expect(cost).toMatchObject({ prefix: 'customer-1', match: 'SEGMENT', basis: 'INVOICE', notices: [], stale: false })
    expect(cost.period).toEqual(toPeriod('2026-10'))
  })

  it('is zero, tax included, for a prefix that no line matches', () => {
    const cost = costOnInvoices([invoice({ lineItems: [resourceLine('web', '10.00')] })], startsWith('unused-prefix'))

    expect(printed(cost)).toEqual(['0.00', '0.00'])
    expect(cost.lineItems).toEqual([])
    expect(cost.total.net.currency).toBe('NZD')
  })

  it('is zero on a bill that has no lines, or came without them', () => {
    expect(printed(costOnInvoices([invoice({ lineItems: [] })], startsWith('')))).toEqual(['0.00', '0.00'])
    expect(printed(costOnInvoices([invoice({ lineItems: null })], startsWith('')))).toEqual(['0.00', '0.00'])
  })

  it('deducts a credit note, and notes that the documents are combined', () => {
    const bill = invoice({ lineItems: [resourceLine('web-1', '100.00')], issuedOn: '2026-10-30' })
    const creditNote = invoice({ lineItems: [resourceLine('web-1', '-120.00')], issuedOn: '2026-10-31' })
    const cost = costOnInvoices([bill, creditNote], startsWith('web'))

    expect(printed(cost)).toEqual(['-20.00', '-23.00'])
    expect(cost.invoices).toEqual([bill, creditNote])
    expect(cost.notices).toEqual([
      {
        code: 'MERGED_DOCUMENTS',
        message: 'The month has 2 documents, dated 2026-10-30, 2026-10-31; their lines are combined.',
        difference: null,
      },
    ])
  })

  it('repeats no notice of several bills, and leaves out notices of totals that it does not use', () => {
    const mismatch: Notice = { code: 'TOTAL_MISMATCH', message: 'differs', difference: nzd('0.01').net }
    const notices = [LEGACY_TAX, mismatch]
    const cost = costOnInvoices([invoice({ notices }), invoice({ notices })], startsWith('x'))

    expect(codes(cost)).toEqual(['LEGACY_TAX', 'MERGED_DOCUMENTS', 'NO_MATCH'])
  })

  it('is as old as its oldest bill, and stale when one is', () => {
    const [older, newer] = ['2026-11-02T03:04:05.000Z', '2026-11-02T03:04:05.001Z']
    const cost = costOnInvoices([invoice({ asOf: newer, stale: true }), invoice({ asOf: older })], startsWith('x'))

    expect(cost).toMatchObject({ asOf: older, stale: true })
  })

  it.each<[string, PrefixMatch, string]>([
    ['c1', 'STARTS_WITH', '0.00'],
    ['c1', 'SEGMENT', '0.00'],
    ['', 'STARTS_WITH', '5.00'],
    ['', 'SEGMENT', '5.00'],
  ])('assigns a resource without a name to the empty prefix only: %j, %s', (prefix, match, net) => {
    // Its line is shown under its product, c1.c2r4, which is not its name.
    const cost = costOnInvoices([invoice({ lineItems: [resourceLine(null, '5.00')] })], { prefix, match })

    expect(printed(cost)[0]).toBe(net)
  })

  it('matches a line without a resource by its own name', () => {
    const lineItems = [line({ name: 'support-gold', cost: nzd('7.00') })]

    expect(printed(costOnInvoices([invoice({ lineItems })], startsWith('support')))[0]).toBe('7.00')
  })

  it('equals the sum of the matching lines, however they are spread over documents', () => {
    const anyLine = fc.tuple(fc.constantFrom('a-1', 'a-10', 'b', null), anyAmount)
    fc.assert(
      fc.property(fc.array(fc.array(anyLine, { maxLength: 30 }), { minLength: 1, maxLength: 4 }), documents => {
        const [first, ...rest] = documents.map(lines =>
          invoice({ lineItems: lines.map(([name, amount]) => resourceLine(name, formatDecimal(amount))) }),
        )
        if (!first) return
        const cost = costOnInvoices([first, ...rest], { prefix: 'a-1', match: 'SEGMENT' })
        const matching = documents.flat().filter(([name]) => name === 'a-1')

        expect(digitsAt(cost.total.net, 6)).toBe(matching.reduce((sum, [, amount]) => sum + digitsAt(amount, 6), 0n))
      }),
    )
  })

  it('rejects a line in another currency', () => {
    const total = { ...nzd('1.00'), net: { ...nzd('1.00').net, currency: 'EUR' } }

    expect(() => costOnInvoices([invoice({ total, lineItems: [resourceLine('a', '1.00')] })], startsWith('a'))).toThrow(
      RangeError,
    )
  })
})

describe('PREFIX_OVERLAP', () => {
  it('names the lines that SEGMENT excludes, and their cost', () => {
    const lineItems = [
      resourceLine('customer-1', '1.00'),
      resourceLine('customer-10', '20.00'),
      resourceLine('customer-11-db', '300.00'),
    ]

    expect(costOnInvoices([invoice({ lineItems })], startsWith('customer-1')).notices).toEqual([
      {
        code: 'PREFIX_OVERLAP',
        message: '2 lines have a longer name, such as "customer-10"; match: SEGMENT excludes them.',
        difference: nzd('320.00').net,
      },
    ])
  })

  it('uses the singular for one line', () => {
    const lineItems = [resourceLine('customer-10', '20.00')]

    expect(costOnInvoices([invoice({ lineItems })], startsWith('customer-1')).notices[0]?.message).toMatch(
      /^1 line has /,
    )
  })

  it.each<[string, PrefixMatch]>([
    ['customer-1', 'SEGMENT'],
    ['customer-', 'STARTS_WITH'],
    ['', 'STARTS_WITH'],
    ['customer-10', 'STARTS_WITH'],
  ])('is absent when no line is doubtful: %j, %s', (prefix, match) => {
    const lineItems = [
      resourceLine('customer-10', '20.00'),
      resourceLine('customer-10-db', '1.00'),
      resourceLine(null, '1'),
    ]

    const { notices } = costOnInvoices([invoice({ lineItems })], { prefix, match })
    expect(notices.filter(({ code }) => code === 'PREFIX_OVERLAP')).toEqual([])
  })

  it('states exactly the difference between both ways to match', () => {
    const name = fc.constantFrom('a', 'a1', 'a-1', 'ab', 'b', null)
    fc.assert(
      fc.property(fc.array(fc.tuple(name, anyAmount), { maxLength: 30 }), lines => {
        const bill = invoice({ lineItems: lines.map(([name, cost]) => resourceLine(name, formatDecimal(cost))) })
        const [wide, strict] = [costOnInvoices([bill], startsWith('a')), costOnInvoices([bill], bySegment('a'))]
        const notice = wide.notices.find(({ code }) => code === 'PREFIX_OVERLAP')
        const difference = notice?.difference ? digitsAt(notice.difference, 6) : 0n

        expect(digitsAt(wide.total.net, 6) - digitsAt(strict.total.net, 6)).toBe(difference)
      }),
    )
  })
})

describe('costOnQuotation', () => {
  it('reads the running month, with the notices of the quotation', () => {
    const missing: Notice = { code: 'REGION_MISSING', message: 'nz-hlz-1 did not answer', difference: null }
    const lineItems = [resourceLine('customer-1', '3.00'), resourceLine('customer-10', '4.00')]
    const cost = costOnQuotation(quotation({ lineItems, notices: [missing], stale: true }), startsWith('customer-1'))

    expect(printed(cost)[0]).toBe('7.00')
    expect(cost).toMatchObject({ basis: 'QUOTATION', invoices: [], stale: true, asOf: '2026-11-02T03:04:05.000Z' })
    expect(codes(cost)).toEqual(['REGION_MISSING', 'PREFIX_OVERLAP'])
  })

  it('is zero for a quotation without lines', () => {
    expect(printed(costOnQuotation(quotation({ lineItems: null }), startsWith('')))).toEqual(['0.00', '0.00'])
  })
})

function startsWith(prefix: string) {
  return { prefix, match: 'STARTS_WITH' } as const
}

function bySegment(prefix: string) {
  return { prefix, match: 'SEGMENT' } as const
}

/** Net and gross. */
function printed({ total }: CustomerCost): readonly (string | null)[] {
  return [formatDecimal(total.net), total.gross && formatDecimal(total.gross)]
}

function codes(cost: CustomerCost): readonly string[] {
  return cost.notices.map(({ code }) => code)
}
