import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, formatDecimal } from '../../../src/domain/decimal.js'
import { forecastOf, type MonthUsage, usageOn } from '../../../src/domain/economics/forecast.js'
import { parseMoney } from '../../../src/domain/money.js'
import { addMonths } from '../../../src/domain/period.js'
import type { Quotation } from '../../../src/domain/quotation.js'
import { invoice, line, nzd, quotation, resourceLine } from '../bills.js'

/** October 2026 has 744 hours. */
function soFar(net: string, asOf: string, members: Partial<Quotation> = {}): Quotation {
  const regions = [{ region: 'nz-por-1', total: nzd(net) }]
  return quotation({ total: nzd(net), asOf, regions, ...members })
}

function usage(month: string, net: string): MonthUsage {
  return { month, net: parseMoney(net, 'NZD') }
}

/** Each of them cost 1 NZD an hour, in months of different lengths. */
const STEADY = [usage('2026-07', '744.00'), usage('2026-08', '744.00'), usage('2026-09', '720.00')]
const HALF_TIME = '2026-10-16T12:00:00.000Z'

function printed(found: ReturnType<typeof forecastOf>) {
  return found && [found.expected, found.low, found.high].map(formatDecimal)
}

describe('the forecast of the running month', () => {
  it('weights the run rate with the hourly cost of the months before, by the shares of the month', () => {
    // Halfway, 744 NZD were spent in 372 hours: 2 an hour. The months before cost 1 an hour. The other 372 hours cost 1.5 each.
    expect(printed(forecastOf(soFar('744.00', HALF_TIME), STEADY))).toEqual(['1302.00', '1116.00', '1488.00'])
  })

  it('relies on the months before at the beginning', () => {
    expect(printed(forecastOf(soFar('0.00', '2026-10-01T00:00:00.000Z'), STEADY))).toEqual([
      '744.00',
      '744.00',
      '744.00',
    ])
  })

  it.each(['2026-11-01T00:00:00.000Z', '2026-11-01T07:00:00.000Z', '2026-10-31T23:59:59.999Z'])(
    'is the quotation at the end of the month, at %s',
    asOf => {
      expect(printed(forecastOf(soFar('800.00', asOf), STEADY))).toEqual(['800.00', '800.00', '800.00'])
    },
  )

  it('is the run rate alone without closed months, between nothing more and twice as much', () => {
    const found = forecastOf(soFar('100.00', HALF_TIME), [])
    expect(printed(found)).toEqual(['200.00', '100.00', '300.00'])
    expect(found).toMatchObject({ method: 'run rate', pastError: null })
  })

  it('names its method and its months', () => {
    expect(forecastOf(soFar('1.00', HALF_TIME), STEADY)?.method).toBe(
      'run rate, weighted with the mean hourly cost of 2026-09, 2026-08, 2026-07',
    )
  })

  it('uses the last three closed months, whatever their order', () => {
    const older = [usage('2026-05', '99999.00'), usage('2026-06', '99999.00')]
    const expected = printed(forecastOf(soFar('744.00', HALF_TIME), STEADY))
    expect(printed(forecastOf(soFar('744.00', HALF_TIME), [...older, ...STEADY]))).toEqual(expected)
    expect(printed(forecastOf(soFar('744.00', HALF_TIME), [...STEADY, ...older].toReversed()))).toEqual(expected)
  })

  it('does not exist while a region is missing, nor before anything is known', () => {
    expect(forecastOf(soFar('1.00', HALF_TIME, { missingRegions: ['nz-hlz-1'] }), STEADY)).toBeNull()
    expect(forecastOf(soFar('0.00', '2026-10-01T00:00:00.000Z'), [])).toBeNull()
  })

  it('shows the mean error of the same method on the closed months', () => {
    // September is forecast from May to July and August, halfway: 0.25 of the difference of the hourly costs.
    const closed = [
      ...[usage('2026-06', '720.00'), usage('2026-07', '744.00'), usage('2026-08', '744.00')],
      usage('2026-09', '1440.00'),
    ]
    expect(formatDecimal(forecastOf(soFar('1.00', HALF_TIME), closed)?.pastError ?? nzd('9').net)).toBe('0.125000')
  })

  it('has no past error with fewer than four closed months, and none at the end of the month', () => {
    const four = [usage('2026-06', '9.00'), ...STEADY]
    expect(forecastOf(soFar('1.00', HALF_TIME), STEADY)?.pastError).toBeNull()
    const atEnd = forecastOf(soFar('1.00', '2026-11-01T00:00:00.000Z'), four)?.pastError
    expect(atEnd && formatDecimal(atEnd)).toBe('0.000000')
  })

  it('lies between low and high, and low and high close in on the quotation', () => {
    const cents = fc.bigInt({ min: 0n, max: 10_000_000n }).map(digits => formatDecimal({ digits, scale: 2 }))
    const closed = fc
      .array(cents, { maxLength: 6 })
      .map(nets => nets.map((net, index) => usage(addMonths('2026-09', -index), net)))
    const minutes = fc.integer({ min: 1, max: 744 * 60 })
    fc.assert(
      fc.property(cents, closed, minutes, (net, months, minute) => {
        const asOf = new Date(Date.UTC(2026, 9, 1, 0, minute)).toISOString()
        const found = forecastOf(soFar(net, asOf), months)
        if (!found) throw new Error('there is a forecast once the month has begun')
        expect(compareDecimals(found.low, found.expected)).toBeLessThanOrEqual(0)
        expect(compareDecimals(found.expected, found.high)).toBeLessThanOrEqual(0)
        expect(compareDecimals(found.low, parseMoney(net, 'NZD'))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('equals a steady month at every instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 744 }), hour => {
        const asOf = new Date(Date.UTC(2026, 9, 1, hour)).toISOString()
        expect(printed(forecastOf(soFar(`${hour}.00`, asOf), STEADY))).toEqual(['744.00', '744.00', '744.00'])
      }),
    )
  })
})

describe('the usage that a forecast is compared with', () => {
  it('is the list price of the same regions, without discounts, credits and support', () => {
    const lineItems = [
      resourceLine('web-01', '10.00'),
      resourceLine('web-02', '99.00', { region: 'nz-hlz-1' }),
      resourceLine('traffic', '1.00', { region: null }),
      line({ type: 'DISCOUNT', cost: nzd('-5.00') }),
      line({ type: 'SUPPORT', cost: nzd('50.00') }),
    ]
    const found = usageOn(
      [invoice({ lineItems }), invoice({ lineItems: [resourceLine('x', '0.50')] })],
      soFar('1.00', HALF_TIME),
    )
    expect(found && formatDecimal(found)).toBe('11.50')
  })

  it('is unknown without a bill, without its lines, and in another currency', () => {
    const euros = resourceLine('web-01', '1.00')
    const cost = { ...euros.cost, net: parseMoney('1.00', 'EUR') }
    const running = soFar('1.00', HALF_TIME)
    expect(usageOn([], running)).toBeNull()
    expect(usageOn([invoice({ lineItems: null })], running)).toBeNull()
    expect(usageOn([invoice({ lineItems: [{ ...euros, cost }] })], running)).toBeNull()
  })
})
