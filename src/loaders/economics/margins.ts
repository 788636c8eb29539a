import type { Customer } from '../../domain/customer.js'
import { type CostScope, type Margin, marginOf } from '../../domain/economics/margin.js'
import { revenueOfMonth } from '../../domain/economics/revenue.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import type { Loaders } from '../loaders.js'
import { loadSides, SERVICE_MONTHS } from './customer-sides.js'

/** A margin, and the errors because of which it has gaps. */
export interface MarginAnswer {
  readonly margin: Margin
  readonly failures: readonly Error[]
}

/** The margin of a customer in a month; null figures and their gaps where it is not known or not visible. */
export async function loadMargin(
  loaders: Loaders,
  customer: Customer,
  month: YearMonth,
  costs: CostScope,
): Promise<MarginAnswer> {
  const { cost, invoices, gaps, failures } = await loadSides(loaders, customer, month)
  const revenue = invoices && revenueOfMonth(invoices, month, monthAt(loaders.clock()), SERVICE_MONTHS)
  const { exchangeRates } = loaders.registry
  return { margin: marginOf({ month, costs, cost, revenue, gaps, exchangeRates }), failures }
}
