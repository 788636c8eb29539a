import { describe, expect, it } from 'vitest'
import { formatInstant, formatKeystoneTime, parseInstant, startOfMonth } from '../../../src/standin/catalyst/time.js'

describe('parseInstant', () => {
  it.each([
    ['2026-10-01', '2026-10-01T00:00:00.000Z'],
    ['2026-9-1', '2026-09-01T00:00:00.000Z'],
    ['2026-10-01T23:59:59', '2026-10-01T23:59:59.000Z'],
    ['2026-9-1T1:2:3', '2026-09-01T01:02:03.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ])('parses %s as UTC', (text, iso) => {
    expect(parseInstant(text)?.toISOString()).toBe(iso)
  })

  it.each([
    '',
    '2026-10-01T00:00:00Z',
    '2026-10-01T00:00:00+13:00',
    '2026-10-01T00:00:00.5',
    '2026-10-01 00:00:00',
    '2026-10-01T00:00',
    '2026-10',
    '01/10/2026',
    '2026/10/01',
    '26-10-01',
    '2026-02-29',
    '2026-13-01',
    '2026-04-31',
    '2026-10-00',
    '0000-01-01',
    '2026-10-01T24:00:00',
    ' 2026-10-01',
    '2026-10-01\n',
    'yesterday',
  ])('rejects %j', text => {
    expect(parseInstant(text)).toBeUndefined()
  })
})

describe('formatInstant', () => {
  const date = new Date('2026-11-21T09:14:03.512Z')

  it('prints a requested instant without zone and fraction', () => {
    expect(formatInstant({ date, isNow: false })).toBe('2026-11-21 09:14:03')
  })

  it('prints an instant of the clock with microseconds', () => {
    expect(formatInstant({ date, isNow: true })).toBe('2026-11-21 09:14:03.512874')
  })
})

it('Keystone prints whole seconds with six zeros', () => {
  expect(formatKeystoneTime(new Date('2026-11-21T21:14:03.900Z'))).toBe('2026-11-21T21:14:03.000000Z')
})

it('startOfMonth counts months across years', () => {
  expect(startOfMonth(new Date('2026-01-31T12:00:00Z'), -1).toISOString()).toBe('2025-12-01T00:00:00.000Z')
})
