import { FORECAST_MONTHS, type Forecast, forecastOf, usageOn } from '../../domain/economics/forecast.js'
import { addMonths } from '../../domain/period.js'
import type { Quotation } from '../../domain/quotation.js'
import type { Loaders } from '../loaders.js'

/**
 * The forecast of a quotation, from the bills of the closed months before it: one call. Null when Catalyst is not configured, and
 * when there is nothing to forecast from.
 */
export async function loadForecast({ catalyst }: Loaders, quotation: Quotation): Promise<Forecast | null> {
  if (!catalyst) return null
  const { buyer, period } = quotation
  const months = Array.from({ length: FORECAST_MONTHS }, (_, index) => addMonths(period.month, -1 - index))
  const bills = await Promise.all(
    months.map(month => catalyst.customerBills.load({ projectId: buyer.nativeId, month })),
  )
  const closed = months.flatMap((month, index) => {
    const net = usageOn(bills[index] ?? [], quotation)
    return net ? [{ month, net }] : []
  })
  return forecastOf(quotation, closed)
}
