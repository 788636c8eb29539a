import type { CatalystData, Usage } from './data.js'
import type { InvoiceRange } from './invoice-range.js'
import { float, type PythonValue } from './python-json.js'
import { formatInstant } from './time.js'
import { sumUsage, usageBetween } from './usage-cost.js'

/** Project, region and range of a measurement. */
export interface MeasurementQuery {
  readonly region: string
  readonly projectId: string
  readonly projectName: string
  readonly range: InvoiceRange
}

/**
 * Body of `/v2/measurements`: one sum per resource, service and unit over the whole range, in the collector's units.
 * Includes usage without a price, since no price list is read.
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
    { ...(resources[id] ?? attributesOf(sums)), services: sums.map(printService) },
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

/** Attributes of a resource of which only the usage is known. Without a name, the key is missing. */
function attributesOf([first]: readonly Usage[]): Readonly<Record<string, string>> {
  if (!first) return {}
  return { type: first.resourceType, ...(first.resourceName === '' ? {} : { name: first.resourceName }) }
}

function printService({ service, volume, unit }: Usage): PythonValue {
  return { name: service, volume: float(volume), unit }
}
