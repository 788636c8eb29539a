import type { Customer } from '../../domain/customer.js'
import {
  type CostScope,
  type InvoiceDoubt,
  type Margin,
  type MarginGap,
  marginOf,
} from '../../domain/economics/margin.js'
import { revenueOfMonth, revenueParts, type ServiceMonths } from '../../domain/economics/revenue.js'
import type { Invoice } from '../../domain/invoice.js'
import { monthAt, type YearMonth } from '../../domain/period.js'
import type { Loaders } from '../loaders.js'
import { costVisible, loadSides } from './customer-sides.js'
import { loadFullCost } from './full-costs.js'

/** A margin, and the errors because of which it has gaps. */
export interface MarginAnswer {
  readonly margin: Margin
  readonly failures: readonly Error[]
}

/** True when a doubt is about an invoice of the month, or about a line item on any of the invoices that may be of the month. */
function concerns(
  doubts: readonly InvoiceDoubt[],
  invoices: readonly Invoice[],
  month: YearMonth,
  serviceMonths: ServiceMonths,
): boolean {
  if (doubts.length === 0) return false
  const ofMonth = new Set(revenueParts(invoices, month, serviceMonths).map(({ invoice }) => invoice.nativeId))
  const all = new Set(invoices.map(({ nativeId }) => nativeId))
  return doubts.some(({ invoiceId, isOnCharge }) => (isOnCharge ? all : ofMonth).has(invoiceId))
}

/** The margin of a customer in a month; null figures and their gaps where it is not known or not visible. @param doubts writes to invoices that are not settled */
export async function loadMargin(
  loaders: Loaders,
  customer: Customer,
  month: YearMonth,
  costs: CostScope,
  doubts: () => Promise<readonly InvoiceDoubt[]> = async () => [],
): Promise<MarginAnswer> {
  const { cost: direct, invoices, serviceMonths, failures, ...sides } = await loadSides(loaders, customer, month)
  const registered = costVisible(loaders, customer)
  const isFull = costs === 'FULL' && registered !== null && direct !== null
  const full = isFull ? await loadFullCost(loaders, registered, direct) : { cost: direct, gaps: [] }
  const revenue = invoices && revenueOfMonth(invoices, month, monthAt(loaders.clock()), serviceMonths)
  const { exchangeRates } = loaders.registry
  const isInDoubt = invoices !== null && concerns(await doubts(), invoices, month, serviceMonths)
  const gaps: readonly MarginGap[] = [...sides.gaps, ...full.gaps, ...(isInDoubt ? (['WRITE_IN_DOUBT'] as const) : [])]
  return { margin: marginOf({ month, costs, cost: full.cost, revenue, gaps, exchangeRates }), failures }
}
