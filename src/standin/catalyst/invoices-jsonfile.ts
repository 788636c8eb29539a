import type { Usage } from './data.js'
import type { PythonValue } from './python-json.js'
import { monthsBackFrom } from './range.js'
import { formatDate } from './time.js'
import { costUsage, type PriceSource, usageBetween } from './usage-cost.js'

/** Project and months to compute invoices for. */
export interface JsonfileInvoiceQuery {
  readonly projectId: string
  readonly start: Date
  readonly end: Date
  readonly isDetailed: boolean
}

const DAY_MS = 86_400_000

/**
 * `invoices` object of the jsonfile driver, newest first: usage of one region × present prices. A month without usage
 * has an invoice of zeros.
 *
 * @throws RatingError when a month has usage that cannot be priced
 */
export function listJsonfileInvoices(
  usage: readonly Usage[],
  source: PriceSource,
  { projectId, start, end, isDetailed }: JsonfileInvoiceQuery,
): PythonValue {
  const entries = monthsBackFrom(end, start).map(month => {
    const { totals, details } = costUsage(usageBetween(usage, { region: source.region, projectId, ...month }), source)
    const lastDay = formatDate(new Date(month.end.getTime() - DAY_MS))
    return [lastDay, { ...totals, ...(isDetailed ? { details } : {}), status: 'paid' }]
  })
  return Object.fromEntries(entries)
}
