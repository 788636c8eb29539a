import type { CatalystData, Usage } from './data.js'
import type { InvoiceRange } from './invoice-range.js'
import { float, type PythonValue } from './python-json.js'
import { formatInstant } from './time.js'
import { sumUsage, usageBetween } from './usage-cost.js'

/** Whose usage, where, and of what time. */
export interface MeasurementQuery {
  readonly region: string
  readonly projectId: string
  readonly projectName: string
  readonly range: InvoiceRange
}

/**
 * The body of `/v2/measurements`: one sum per resource, service and unit over the whole range, in the collector's
 * units. No price list is asked, so that what has no price is here too.
 */
export function listMeasurements(
  { usage, resources = {} }: Pick<CatalystData, 'usage' | 'resources'>,
  { region, projectId, projectName, range: { start, end } }: MeasurementQuery,
): PythonValue {
  const services = new Map<string, Usage[]>()
  for (const sum of sumUsage(usageBetween(usage, { region, projectId, start: start.date, end: end.date }))) {
    services.set(sum.resourceId, [...(services.get(sum.resourceId) ?? []), sum])
  }
  const printed = [...services].map(([id, sums]) => [
    id,
    { ...(resources[id] ?? noted(sums)), services: sums.map(printService) },
  ])
  return {
    measurements: {
      project_name: projectName,
      project_id: projectId,
      resources: Object.fromEntries(printed),
      start: formatInstant(start),
      end: formatInstant(end),
    },
  }
}

/** A resource of which only its usage is known: one without a name lacks the key. */
function noted([first]: readonly Usage[]): Readonly<Record<string, string>> {
  if (!first) return {}
  return { type: first.resourceType, ...(first.resourceName === '' ? {} : { name: first.resourceName }) }
}

function printService({ service, volume, unit }: Usage): PythonValue {
  return { name: service, volume: float(volume), unit }
}
