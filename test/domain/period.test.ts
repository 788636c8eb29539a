import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  addMonths,
  firstDayOf,
  isLocalDate,
  isYearMonth,
  monthAt,
  monthOf,
  monthsBetween,
  nextDay,
  toPeriod,
} from '../../src/domain/period.js'

const DAY_MS = 86_400_000

const anyDate = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map(dateOf)

const anyMonth = anyDate.map(monthOf)

describe('isYearMonth', () => {
  it.each(['2026-10', '2026-01', '2026-12', '0001-01'])('accepts %s', text => {
    expect(isYearMonth(text)).toBe(true)
  })

  it.each([
    '',
    '2026',
    '2026-00',
    '2026-13',
    '2026-1',
    '26-10',
    '2026-10-31',
    '2026/10',
    ' 2026-10',
    '2026-10\n',
    '２０２６-10',
  ])('refuses %j', text => {
    expect(isYearMonth(text)).toBe(false)
  })
})

describe('isLocalDate', () => {
  it.each(['2026-10-31', '2024-02-29', '2000-02-29', '2026-01-01', '2026-12-31'])('accepts %s', text => {
    expect(isLocalDate(text)).toBe(true)
  })

  it.each([
    '',
    '2026-02-30',
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-10-00',
    '2026-10-32',
    '2026-10',
    '2026-1-1',
    '20261031',
    '2026-10-31T00:00:00Z',
    '2026-10-31\n',
    '31.10.2026',
    '+002026-10-31',
  ])('refuses %j', text => {
    expect(isLocalDate(text)).toBe(false)
  })

  it('accepts every day there is', () => {
    fc.assert(
      fc.property(anyDate, date => {
        expect(isLocalDate(date)).toBe(true)
      }),
    )
  })
})

describe('addMonths', () => {
  it.each([
    ['2026-10', 1, '2026-11'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-10', 0, '2026-10'],
    ['2026-10', 15, '2028-01'],
    ['2026-10', -34, '2023-12'],
  ])('moves %s by %i to %s', (month, count, moved) => {
    expect(addMonths(month, count)).toBe(moved)
  })

  it('is undone by moving back, and counted by monthsBetween', () => {
    fc.assert(
      fc.property(anyMonth, fc.integer({ min: -600, max: 600 }), (month, count) => {
        const moved = addMonths(month, count)

        expect(addMonths(moved, -count)).toBe(month)
        expect(monthsBetween(month, moved)).toBe(count)
      }),
    )
  })

  it('keeps months in the order of their texts', () => {
    fc.assert(
      fc.property(anyMonth, month => {
        expect(month < addMonths(month, 1)).toBe(true)
      }),
    )
  })
})

describe('monthsBetween', () => {
  it.each([
    ['2026-09', '2026-10', 1],
    ['2026-10', '2026-10', 0],
    ['2026-10', '2026-09', -1],
    ['2025-11', '2026-02', 3],
    ['2016-01', '2026-12', 131],
  ])('counts from %s to %s: %i', (from, to, count) => {
    expect(monthsBetween(from, to)).toBe(count)
  })
})

describe('nextDay', () => {
  it.each([
    ['2026-10-30', '2026-10-31'],
    ['2026-10-31', '2026-11-01'],
    ['2026-12-31', '2027-01-01'],
    ['2026-02-28', '2026-03-01'],
    ['2024-02-28', '2024-02-29'],
  ])('after %s comes %s', (date, next) => {
    expect(nextDay(date)).toBe(next)
  })

  it('is one day later in UTC', () => {
    fc.assert(
      fc.property(anyDate, date => {
        expect(Date.parse(nextDay(date)) - Date.parse(date)).toBe(DAY_MS)
      }),
    )
  })
})

describe('toPeriod', () => {
  it.each([
    ['2026-10', '2026-10-01', '2026-11-01'],
    ['2026-12', '2026-12-01', '2027-01-01'],
    ['2024-02', '2024-02-01', '2024-03-01'],
  ])('of %s goes from %s to before %s', (month, start, endExclusive) => {
    expect(toPeriod(month)).toEqual({ month, start, endExclusive })
  })

  it('holds each of its days and no other', () => {
    fc.assert(
      fc.property(anyDate, date => {
        const { start, endExclusive } = toPeriod(monthOf(date))

        expect(start <= date && date < endExclusive).toBe(true)
        expect(start).toBe(firstDayOf(monthOf(date)))
        expect(monthOf(endExclusive)).toBe(addMonths(monthOf(date), 1))
      }),
    )
  })
})

describe('in any time zone of the process', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  // Pacific/Apia left out the day 2011-12-30; Auckland's clocks change on 2026-04-05 and 2026-09-27.
  it.each([
    ['Pacific/Auckland', -780],
    ['Pacific/Apia', -780],
    ['America/Los_Angeles', 480],
    ['UTC', 0],
  ])('%s: months and days are the same', (zone, offsetMinutes) => {
    vi.stubEnv('TZ', zone)
    expect(new Date('2026-01-15T00:00:00Z').getTimezoneOffset()).toBe(offsetMinutes)

    expect(monthAt(new Date('2026-10-31T23:59:59.999Z'))).toBe('2026-10')
    expect(monthAt(new Date('2026-11-01T00:00:00.000Z'))).toBe('2026-11')
    expect(nextDay('2026-04-05')).toBe('2026-04-06')
    expect(nextDay('2026-09-26')).toBe('2026-09-27')
    expect(nextDay('2011-12-29')).toBe('2011-12-30')
    expect(isLocalDate('2011-12-30')).toBe(true)
    expect(toPeriod('2026-04')).toEqual({ month: '2026-04', start: '2026-04-01', endExclusive: '2026-05-01' })
  })
})

function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}
