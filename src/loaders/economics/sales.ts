import type { Invoice } from '../../domain/invoice.js'
import type { YearMonth } from '../../domain/period.js'
import { UpstreamError } from '../../upstream/http/errors.js'
import type { Loaders } from '../loaders.js'

/** The invoices of a customer's buyers, and the errors because of which they are missing. */
export interface SalesAnswer {
  /** Null when 3scale failed. `[]` when it is not configured. */
  readonly invoices: readonly Invoice[] | null
  readonly failures: readonly Error[]
}

/** Months of invoices, both ends included. */
export interface SalesRange {
  readonly from: YearMonth
  readonly to: YearMonth
}

/**
 * The invoices of some buyers in a range of months. Buyers that are loaded at once share the pages of the tenant's list. A failing
 * upstream is part of the result.
 *
 * @param buyers the caller must be allowed to see all of them; the invoices of others are left out
 */
export async function loadSales(
  { threescale }: Loaders,
  buyers: readonly string[],
  range: SalesRange,
): Promise<SalesAnswer> {
  if (!threescale) return { invoices: [], failures: [] }
  try {
    const lists = await Promise.all(buyers.map(buyerId => threescale.byMonth.load({ buyerId, ...range })))
    return { invoices: lists.flat(), failures: [] }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { invoices: null, failures: [error] }
  }
}
