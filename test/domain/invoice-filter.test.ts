import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../src/domain/decimal.js'
import type { Invoice } from '../../src/domain/invoice.js'
import { ALL_INVOICES, type InvoiceFilter, matchesFilter, matchingSources } from '../../src/domain/invoice-filter.js'
import { toPeriod } from '../../src/domain/period.js'
import { invoice, nzd } from './bills.js'

const ALL = ALL_INVOICES

const OCTOBER = invoice({
  source: 'THREESCALE',
  nativeId: '1201',
  number: '2026-10-00000005',
  state: 'PENDING',
  creationType: 'BACKGROUND',
  issuedOn: '2026-11-03',
  dueOn: '2026-11-20',
  paidAt: '2026-11-21T23:59:59.000Z',
  total: nzd('100.00'),
  period: toPeriod('2026-10'),
  buyer: { kind: 'Buyer', source: 'THREESCALE', nativeId: '71', name: 'Nimbus', deleted: false, address: null },
})

describe('matchesFilter', () => {
  it.each<[Partial<InvoiceFilter>, boolean]>([
    [{}, true],
    [{ sources: ['THREESCALE'] }, true],
    [{ sources: ['CATALYST'] }, false],
    [{ sources: [] }, false],
    [{ states: ['PENDING'] }, true],
    [{ states: ['PAID', 'PENDING'] }, true],
    [{ states: ['PAID'] }, false],
    [{ states: [] }, false],
    [{ from: '2026-10' }, true],
    [{ from: '2026-11' }, false],
    [{ to: '2026-10' }, true],
    [{ to: '2026-09' }, false],
    [{ from: '2025-12', to: '2027-01' }, true],
    [{ from: '2026-11', to: '2026-09' }, false],
    [{ buyer: { source: 'THREESCALE', nativeId: '71' } }, true],
    [{ buyer: { source: 'THREESCALE', nativeId: '7' } }, false],
    [{ buyer: { source: 'CATALYST', nativeId: '71' } }, false],
    [{ number: '2026-10-00000005' }, true],
    [{ states: ['PENDING'], number: '2026-11-*' }, false],
    [{ currency: 'NZD' }, true],
    [{ currency: 'EUR' }, false],
    [{ buyerName: 'nIMb' }, true],
    [{ buyerName: 'nimbus ltd' }, false],
    [{ creationTypes: ['MANUAL', 'BACKGROUND'] }, true],
    [{ creationTypes: ['MANUAL'] }, false],
    [{ creationTypes: [] }, false],
    [{ issued: { from: '2026-11-03', to: '2026-11-03' } }, true],
    [{ issued: { from: '2026-11-04', to: null } }, false],
    [{ due: { from: null, to: '2026-11-20' } }, true],
    [{ due: { from: null, to: '2026-11-19' } }, false],
    [{ paid: { from: '2026-11-21', to: '2026-11-21' } }, true],
    [{ paid: { from: '2026-11-22', to: null } }, false],
    [{ overdue: { on: '2026-11-21', wanted: true } }, true],
    [{ overdue: { on: '2026-11-20', wanted: true } }, false],
    [{ overdue: { on: '2026-11-20', wanted: false } }, true],
  ])('%j matches the invoice: %s', (members, fits) => {
    expect(matchesFilter(OCTOBER, { ...ALL, ...members })).toBe(fits)
  })

  it.each([
    ['115.00', '115', true],
    ['115.001', null, false],
    [null, '114.99', false],
    [null, '115.0000', true],
  ])('an amount from %s to %s matches the invoice: %s', (min, max, fits) => {
    const amount = { min: min === null ? null : parseDecimal(min), max: max === null ? null : parseDecimal(max) }
    expect(matchesFilter(OCTOBER, { ...ALL, amount })).toBe(fits)
  })

  it.each<[Partial<InvoiceFilter>]>([
    [{ amount: { min: null, max: null } }],
    [{ buyerName: '' }],
    [{ creationTypes: ['MANUAL', 'BACKGROUND', 'UNKNOWN'] }],
    [{ issued: { from: null, to: null } }],
    [{ due: { from: null, to: null } }],
    [{ paid: { from: null, to: null } }],
    [{ overdue: { on: '2999-01-01', wanted: true } }],
  ])('%j matches no invoice that lacks the value', members => {
    const bare = invoice({
      total: { ...nzd('1.00'), gross: null },
      issuedOn: null,
      buyer: { ...OCTOBER.buyer, name: null },
      state: 'UNPAID',
    })
    expect(matchesFilter(bare, { ...ALL, ...members })).toBe(false)
  })

  it.each(['OPEN', 'FINALIZED', 'PAID', 'CANCELLED', 'UNKNOWN'] as const)('%s is never overdue', state => {
    const late = invoice({ state, dueOn: '2020-01-01' })
    expect(matchesFilter(late, { ...ALL, overdue: { on: '2026-11-22', wanted: true } })).toBe(false)
  })

  it('matches no bill without a number, not even by *', () => {
    expect(matchesFilter(invoice({ number: null }), { ...ALL, number: '*' })).toBe(false)
  })
})

describe('a number with wildcards', () => {
  it.each([
    ['2026-10-00000005', '*', true],
    ['', '*', true],
    ['2026-10-00000005', '2026-10-*', true],
    ['2026-10-00000005', '*5', true],
    ['2026-10-00000005', '*-10-*', true],
    ['2026-10-00000005', '2026-*-00000005', true],
    ['2026-10-00000005', '**', true],
    ['2026-10-00000005', '2026-10-00000005*', true],
    ['2026-10-00000005', '2026-10', false],
    ['2026-10-00000005', '2026-11-*', false],
    ['2026-10-00000005', '*6', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['abcbc', 'a*bc', true],
    ['aXbYc', 'a*b*c', true],
    ['ac', 'a*b*c', false],
    ['2026.10', '2026?10', false],
    ['2026-10', '2026.10', false],
    ['2026-10', '[0-9]*', false],
    ['INV-5', 'inv-*', false],
  ])('%j and the pattern %j: %s', (number, pattern, matches) => {
    expect(matchesFilter(numbered(number), { ...ALL, number: pattern })).toBe(matches)
  })

  it('matches what a regular expression with .* for * matches', () => {
    const number = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 })
    fc.assert(
      fc.property(number, pattern, (text, glob) => {
        const expected = new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(text)

        expect(matchesFilter(numbered(text), { ...ALL, number: glob })).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes linear time for any number of asterisks', () => {
    const [text, glob] = ['a'.repeat(50_000), `${'*a'.repeat(20_000)}*b`]

    expect(matchesFilter(numbered(text), { ...ALL, number: glob })).toBe(false)
  })
})

function numbered(number: string): Invoice {
  return { ...OCTOBER, number }
}

describe('matchingSources', () => {
  it.each<[Partial<InvoiceFilter>, readonly string[]]>([
    [{}, ['CATALYST', 'THREESCALE']],
    [{ states: [] }, []],
    [{ creationTypes: [] }, []],
    [{ number: '*' }, ['THREESCALE']],
    [{ due: { from: null, to: '2026-10-31' } }, ['THREESCALE']],
    [{ paid: { from: '2026-10-31', to: null } }, ['THREESCALE']],
    [{ overdue: { on: '2026-11-22', wanted: true } }, ['THREESCALE']],
    [{ overdue: { on: '2026-11-22', wanted: false } }, ['CATALYST', 'THREESCALE']],
    [{ issued: { from: '2026-10-31', to: null } }, ['CATALYST', 'THREESCALE']],
    [{ buyer: { source: 'CATALYST', nativeId: 'p1' } }, ['CATALYST']],
    [{ buyer: { source: 'CATALYST', nativeId: 'p1' }, number: '*' }, []],
  ])('of %j are %j', (members, sources) => {
    expect(matchingSources({ ...ALL, ...members })).toEqual(sources)
  })
})
