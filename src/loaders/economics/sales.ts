import type { ServiceMonths } from '../../domain/economics/revenue.js'
import type { Invoice } from '../../domain/invoice.js'
import { serviceMonthsOf } from '../../domain/on-charge/service-months.js'
import { addMonths, monthAt, type YearMonth } from '../../domain/period.js'
import { UpstreamError } from '../../upstream/http/errors.js'
import type { Loaders } from '../loaders.js'

/** The invoices of a customer's buyers, and the errors because of which they are missing. */
export interface SalesAnswer {
  /** Null when 3scale failed. `[]` when it is not configured. */
  readonly invoices: readonly Invoice[] | null
  /** The months of service of their on-charged lines. */
  readonly serviceMonths: ServiceMonths
  readonly failures: readonly Error[]
}

/** Months, both ends included. */
export interface SalesRange {
  readonly from: YearMonth
  readonly to: YearMonth
}

/** How far ahead of the running month an invoice can be. */
const MONTHS_AHEAD = 12

/**
 * The invoices of a customer's buyers, from the first month of a range on: a month is mostly on-charged on an invoice of a later one.
 * Buyers that are loaded at once share the pages of the tenant's list. A failing upstream is part of the result.
 *
 * @param buyers the caller must be allowed to see all of them; the invoices of others are left out
 */
export async function loadSales(
  { threescale, clock }: Loaders,
  customerKey: string,
  buyers: readonly string[],
  { from, to }: SalesRange,
): Promise<SalesAnswer> {
  if (!threescale) return { invoices: [], serviceMonths: new Map(), failures: [] }
  const last = addMonths(monthAt(clock()), MONTHS_AHEAD)
  const range = { from, to: to > last ? to : last }
  try {
    const lists = await Promise.all(buyers.map(buyerId => threescale.byMonth.load({ buyerId, ...range })))
    const invoices = lists.flat()
    return { invoices, serviceMonths: serviceMonthsOf(invoices, customerKey), failures: [] }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { invoices: null, serviceMonths: new Map(), failures: [error] }
  }
}
