import type { Customer } from '../../domain/customer.js'
import { type CostScope, type Margin, marginOf } from '../../domain/economics/margin.js'
import { revenueOfMonth } from '../../domain/economics/revenue.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import type { Loaders } from '../loaders.js'
import { costVisible, loadSides } from './customer-sides.js'
import { loadFullCost } from './full-costs.js'

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
  const { cost: direct, invoices, serviceMonths, failures, ...sides } = await loadSides(loaders, customer, month)
  const registered = costVisible(loaders, customer)
  const isFull = costs === 'FULL' && registered !== null && direct !== null
  const full = isFull ? await loadFullCost(loaders, registered, direct) : { cost: direct, gaps: [] }
  const revenue = invoices && revenueOfMonth(invoices, month, monthAt(loaders.clock()), serviceMonths)
  const { exchangeRates } = loaders.registry
  const gaps = [...sides.gaps, ...full.gaps]
  return { margin: marginOf({ month, costs, cost: full.cost, revenue, gaps, exchangeRates }), failures }
}
