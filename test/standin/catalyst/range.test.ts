import { describe, expect, it } from 'vitest'
import { isBilledBetween, monthsBackFrom } from '../../../src/standin/catalyst/range.js'

const months = (start: string, end: string) =>
  monthsBackFrom(new Date(end), new Date(start)).map(({ start }) => start.toISOString().slice(0, 7))

describe('monthsBackFrom (the rule of jsonfile)', () => {
  it.each([
    ['2026-10-01', '2026-11-01', ['2026-10']],
    ['2026-10-01', '2026-10-31', ['2026-09']],
    ['2026-10-15', '2026-10-20', ['2026-09']],
    ['2026-11-05', '2026-11-21', ['2026-10']],
    ['2026-10-31', '2026-11-01', ['2026-10']],
    ['2026-09-30', '2026-11-01', ['2026-10', '2026-09']],
    ['2015-01-01', '2015-03-01', ['2015-02', '2015-01']],
    ['2025-12-31T23:59:59Z', '2026-02-01', ['2026-01', '2025-12']],
  ])('returns for %s to %s: %j', (start, end, expected) => {
    expect(months(start, end)).toEqual(expected)
  })

  it('returns fourteen months, newest first', () => {
    const listed = months('2025-09-01', '2026-11-01')
    expect([listed.length, listed[0], listed.at(-1)]).toEqual([14, '2026-10', '2025-09'])
  })

  it('goes back to the year 1 for such a start', () => {
    expect(months('0001-01-01', '2026-11-01').at(-1)).toBe('0001-01')
  })
})

describe('isBilledBetween (the rule of odoo)', () => {
  it.each([
    ['2026-10-31', '2026-10-01', '2026-11-01', true],
    ['2026-10-31', '2026-10-01', '2026-10-31', true],
    ['2026-10-31', '2026-10-15', '2026-10-20', false],
    ['2026-10-31', '2026-11-05', '2026-11-21', false],
    ['2026-10-31', '2026-10-31T18:00:00Z', '2026-11-01', true],
    ['2026-11-01', '2025-09-01', '2026-11-01', true],
    ['2026-11-01', '2025-09-01', '2026-10-31T23:59:59Z', false],
  ])('returns for %s between %s and %s: %s', (billDate, start, end, expected) => {
    expect(isBilledBetween(billDate, new Date(start), new Date(end))).toBe(expected)
  })
})
