import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../../src/domain/invoice-filter.js'
import { toPeriod } from '../../src/domain/period.js'
import { invoice } from './bills.js'

const ALL: InvoiceFilter = {
  sources: ['CATALYST', 'THREESCALE'],
  states: null,
  from: null,
  to: null,
  buyer: null,
  number: null,
}

const OCTOBER = invoice({
  source: 'THREESCALE',
  nativeId: '1201',
  number: '2026-10-00000005',
  state: 'PENDING',
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
  ])('%j matches the invoice: %s', (members, fits) => {
    expect(matchesFilter(OCTOBER, { ...ALL, ...members })).toBe(fits)
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
