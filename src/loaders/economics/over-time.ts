import { requireScope } from '../../access/rules.js'
import type { Customer } from '../../domain/customer.js'
import { type MonthlyAmount, unknownAmount } from '../../domain/economics/monthly-amount.js'
import { revenueOfMonth } from '../../domain/economics/revenue.js'
import type { InvoiceState } from '../../domain/invoice.js'
import { monthAt, monthsFrom, type YearMonth } from '../../domain/period.js'
import type { Loaders } from '../loaders.js'
import { loadClaimedCosts, loadProjectCosts } from './costs.js'
import { buyersVisible, costVisible } from './customer-sides.js'
import { loadSales, type SalesRange } from './sales.js'

/** A series, and the errors because of which amounts are missing. */
export interface SeriesAnswer {
  /** One for each month of the range, oldest first; null when it is not visible, or its billing system is not configured. */
  readonly months: readonly MonthlyAmount[] | null
  readonly failures: readonly Error[]
}

/** A customer's cost by month: of all claims of a registered one, or else of the prefix in the default project. */
export async function loadCustomerCosts(
  loaders: Loaders,
  customer: Customer,
  { from, to }: SalesRange,
): Promise<SeriesAnswer> {
  requireScope(loaders.principal, 'costs:read')
  const months = monthsFrom(from, to)
  if (customer.registered === null) {
    const lines = { prefix: customer.prefix, match: 'STARTS_WITH' } as const
    return (await loadProjectCosts(loaders, { lines, projectId: null }, months)) ?? NOTHING
  }
  const registered = costVisible(loaders, customer)
  return (registered && (await loadClaimedCosts(loaders, registered, months))) ?? NOTHING
}

/** A registered customer's revenue by month, from the invoices of its buyers; null months for one without buyers. */
export async function loadCustomerRevenue(
  loaders: Loaders,
  customer: Customer,
  range: SalesRange,
  states: readonly InvoiceState[] | null,
): Promise<SeriesAnswer> {
  requireScope(loaders.principal, 'billing:read')
  const buyers = buyersVisible(loaders, customer)
  if (!loaders.threescale || buyers === null || buyers.length === 0) return NOTHING
  const key = customer.registered?.key ?? ''
  const { invoices, serviceMonths, failures } = await loadSales(loaders, key, buyers, range)
  const now = monthAt(loaders.clock())
  const revenueIn = (month: YearMonth): MonthlyAmount =>
    invoices ? revenueOfMonth(invoices, month, now, serviceMonths, states) : unknownAmount(month, 'UNAVAILABLE')
  return { months: monthsFrom(range.from, range.to).map(revenueIn), failures }
}

const NOTHING: SeriesAnswer = { months: null, failures: [] }
