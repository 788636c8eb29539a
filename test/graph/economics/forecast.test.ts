import { afterEach, describe, expect, it } from 'vitest'
import { compareDecimals, parseDecimal, subtractDecimals } from '../../../src/domain/decimal.js'
import type { TestSetup } from '../../gateway.js'
import { billRequests, startEconomics } from './economics-setup.js'

const FORECAST = `quotation { total { net { amount } }
  forecast { expected { amount } low { amount } high { amount } method pastError asOf period { month } } }`

interface Forecast {
  readonly expected: { readonly amount: string }
  readonly low: { readonly amount: string }
  readonly high: { readonly amount: string }
  readonly method: string
}

let setup: TestSetup
afterEach(() => setup[Symbol.asyncDispose]())

/** The demo's quotation and forecast at an instant. */
async function forecastAt(instant: string): Promise<{ soFar: string; forecast: Forecast }> {
  const clock = () => new Date(instant)
  setup = await startEconomics({ clock, catalyst: { clock } })
  const { data, errors } = await setup.gateway.askText(`{ ${FORECAST} }`)
  expect(errors).toBeUndefined()
  const { quotation } = data as { quotation: { total: { net: { amount: string } }; forecast: Forecast } }
  return { soFar: quotation.total.net.amount, forecast: quotation.forecast }
}

describe('the forecast of a quotation', () => {
  it('names its method and its own past error, and takes one call beside the quotation', async () => {
    const { forecast } = await forecastAt('2026-11-22T02:00:00Z')
    expect(forecast).toEqual({
      period: { month: '2026-11' },
      expected: { amount: '1917.61' },
      low: { amount: '1917.03' },
      high: { amount: '1917.83' },
      method: 'run rate, weighted with the mean hourly cost of 2026-10, 2026-09, 2026-08',
      pastError: '0.000834',
      asOf: '2026-11-22T02:00:00.000Z',
    })
    expect(billRequests(setup).toSorted()).toEqual(['GET /v2/invoices', 'GET /v2/quotations', 'GET /v2/quotations'])
  })

  it('is the quotation at the end of the month', async () => {
    const { soFar, forecast } = await forecastAt('2026-10-31T23:59:59.999Z')
    expect([forecast.expected.amount, forecast.low.amount, forecast.high.amount]).toEqual([soFar, soFar, soFar])
  })

  it.each([
    ['2026-08', '31'],
    ['2026-09', '30'],
    ['2026-10', '31'],
  ])('is within 2 %% of the end of %s, a week into it and halfway', async (month, lastDay) => {
    const { soFar } = await forecastAt(`${month}-${lastDay}T23:59:59Z`)
    const end = parseDecimal(soFar)
    for (const day of ['08', '16']) {
      await setup[Symbol.asyncDispose]()
      const { forecast } = await forecastAt(`${month}-${day}T00:00:00Z`)
      const error = subtractDecimals(parseDecimal(forecast.expected.amount), end)
      const fiftyfold = { digits: error.digits * (error.digits < 0n ? -50n : 50n), scale: error.scale }
      expect(compareDecimals(fiftyfold, end)).toBeLessThan(0)
    }
  })
})
