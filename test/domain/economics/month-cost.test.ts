import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import { costOfMonth, type ProjectMonth } from '../../../src/domain/economics/month-cost.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import { toMoney } from '../../../src/domain/money.js'
import { monthsFrom } from '../../../src/domain/period.js'
import type { Quotation } from '../../../src/domain/quotation.js'
import { addTax } from '../../../src/domain/taxed-money.js'
import { invoice, nzd, quotation } from '../bills.js'
import { anyAmount, digitsAt } from '../decimals.js'

const NOW = '2026-11'

function project(documents: readonly (Invoice | Quotation)[], read: ProjectMonth['read'] = 'COMPLETE'): ProjectMonth {
  return { projectId: 'p1', documents, read }
}

function bill(net: string, members: Partial<Invoice> = {}): Invoice {
  return invoice({ total: nzd(net), ...members })
}

function costOf(month: string, projects: readonly ProjectMonth[]) {
  const cost = costOfMonth(month, projects, document => document.total, NOW)
  return [cost.state, cost.amount && formatDecimal(cost.amount.net), cost.isIncomplete]
}

describe('the cost of a month', () => {
  it.each([
    { when: 'one bill', projects: [project([bill('1.10')])], is: ['CLOSED', '1.10', false] },
    {
      when: 'a bill and a credit note',
      projects: [project([bill('10.00'), bill('-2.50')])],
      is: ['CLOSED', '7.50', false],
    },
    {
      when: 'two projects',
      projects: [project([bill('1.00')]), project([bill('2.00')])],
      is: ['CLOSED', '3.00', false],
    },
    { when: 'a bill of nothing', projects: [project([bill('0.00')])], is: ['CLOSED', '0.00', false] },
    { when: 'no bill', projects: [project([])], is: ['NO_BILL', null, false] },
    { when: 'no project', projects: [], is: ['NO_BILL', null, false] },
    { when: 'old data', projects: [project([bill('1.00', { stale: true })])], is: ['STALE', '1.00', false] },
    {
      when: 'an upstream that failed for one project',
      projects: [project([bill('1.00')]), project([], 'FAILED')],
      is: ['UNAVAILABLE', null, false],
    },
    {
      when: 'one project whose bill is still to come',
      projects: [project([bill('1.00')]), project([])],
      is: ['NO_BILL', null, true],
    },
    {
      when: 'bills in two currencies',
      projects: [project([bill('1.00')]), project([bill('1.00', { total: inEuro('1.00') })])],
      is: ['MIXED_CURRENCIES', null, false],
    },
  ])('is $is with $when', ({ projects, is }) => {
    expect(costOf('2026-10', projects)).toEqual(is)
  })

  it('is that of the other projects once a bill can no longer come', () => {
    const projects = [project([bill('1.00')]), project([])]

    expect(costOf('2026-08', projects)).toEqual(['NO_BILL', null, true])
    expect(costOf('2026-07', projects)).toEqual(['CLOSED', '1.00', false])
  })

  it('is running in the running month, and stale rather than running when the data is old', () => {
    expect(costOf('2026-11', [project([quotation({ total: nzd('5.00') })])])).toEqual(['RUNNING', '5.00', false])
    expect(costOf('2026-11', [project([quotation({ total: nzd('5.00'), stale: true })])])[0]).toBe('STALE')
    expect(costOf('2026-11', [project([])])).toEqual(['NO_BILL', null, false])
  })

  it('is unknown while a region is missing, or when a bill lists no lines', () => {
    expect(costOf('2026-11', [project([quotation({})], 'PARTIAL')])).toEqual(['UNAVAILABLE', null, true])
    const unlisted = costOfMonth('2026-10', [project([bill('1.00')])], () => null, NOW)
    expect(unlisted).toMatchObject({ state: 'UNAVAILABLE', amount: null, isIncomplete: true })
  })

  it('is as old as the oldest of its documents', () => {
    const documents = [bill('1.00', { asOf: '2026-11-05T00:00:00Z' }), bill('1.00', { asOf: '2026-11-04T00:00:00Z' })]
    expect(costOfMonth('2026-10', [project(documents)], ({ total }) => total, NOW).asOf).toBe('2026-11-04T00:00:00Z')
  })

  it('is the exact sum of any documents of any projects', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyAmount, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        sets => {
          const projects = sets.map(amounts =>
            project(
              amounts.map(amount => bill('0.00', { total: addTax(toMoney(amount, 'NZD'), parseDecimal('0.15')) })),
            ),
          )
          const { amount } = costOfMonth('2026-10', projects, ({ total }) => total, NOW)
          const expected = sets.flat().reduce((sum, one) => sum + digitsAt(one, 6), 0n)
          expect(amount && digitsAt(amount.net, 6)).toBe(expected)
        },
      ),
    )
  })

  it('has an amount if and only if its state says that it is known', () => {
    const anyProject = fc.record({
      projectId: fc.constantFrom('p1', 'p2'),
      documents: fc.array(
        fc
          .record({ net: fc.constantFrom('0.00', '1.00'), stale: fc.boolean() })
          .map(({ net, stale }) => bill(net, { stale })),
        { maxLength: 2 },
      ),
      read: fc.constantFrom('COMPLETE', 'PARTIAL', 'FAILED'),
    })
    fc.assert(
      fc.property(fc.constantFrom(...monthsFrom('2026-01', NOW)), fc.array(anyProject), (month, projects) => {
        const { state, amount, asOf } = costOfMonth(month, projects, ({ total }) => total, NOW)
        const isKnown = ['CLOSED', 'RUNNING', 'STALE'].includes(state)
        expect([amount !== null, asOf !== null]).toEqual([isKnown, isKnown])
        if (projects.every(({ documents }) => documents.length === 0)) expect(amount).toBeNull()
      }),
    )
  })
})

describe('monthsFrom', () => {
  it('includes both ends, over a change of year', () => {
    expect(monthsFrom('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect(monthsFrom('2026-02', '2026-02')).toEqual(['2026-02'])
    expect(monthsFrom('2026-02', '2026-01')).toEqual([])
  })
})

function inEuro(net: string) {
  return addTax({ ...nzd(net).net, currency: 'EUR' }, parseDecimal('0.15'))
}
