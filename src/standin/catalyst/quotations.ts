import type { Usage } from './data.js'
import type { PythonValue } from './python-json.js'
import { formatDate, formatInstant, startOfDay, startOfMonth } from './time.js'
import { costUsage, type PriceSource, usageBetween } from './usage-cost.js'

/** Project and time of a quotation. */
export interface QuotationQuery {
  readonly projectId: string
  readonly projectName: string
  readonly now: Date
  readonly isDetailed: boolean
}

/**
 * Body of `/v2/quotations`: the current UTC month of one region, under today's date. `end` is the last midnight,
 * although usage up to now is included.
 *
 * @throws RatingError when there is usage that cannot be priced
 */
export function quoteRunningMonth(
  usage: readonly Usage[],
  source: PriceSource,
  { projectId, projectName, now, isDetailed }: QuotationQuery,
): PythonValue {
  const start = startOfMonth(now)
  const { totals, details } = costUsage(
    usageBetween(usage, { region: source.region, projectId, start, end: now }),
    source,
  )
  return {
    start: formatInstant({ date: start, isNow: false }),
    end: formatInstant({ date: startOfDay(now), isNow: false }),
    project_id: projectId,
    project_name: projectName,
    quotations: { [formatDate(now)]: { ...totals, ...(isDetailed ? { details } : {}) } },
  }
}
