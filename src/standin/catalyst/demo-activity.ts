import type { Usage } from './data.js'
import { DEMO_RESOURCES, type DemoResource } from './demo-resources.js'
import type { MonthPeriod } from './range.js'
import { digest, hexId } from './tokens.js'

/** What one demo resource did in one month, or in the part of it that has passed. */
export interface Activity {
  readonly resource: DemoResource
  readonly resourceId: string
  /** Of one product: seconds, gigabyte-hours or bytes, as `unit` says. */
  readonly volume: number
  readonly unit: 'second' | 'gigabyte' | 'byte'
  readonly start: Date
  readonly end: Date
}

/** A month of the demo. `index` 0 is the oldest; the running one has the greatest, and ends with its last whole hour. */
export interface DemoMonth extends MonthPeriod {
  readonly index: number
  /** Of the whole month, however much of it has passed. */
  readonly fullHours: number
}

const HOUR_MS = 3_600_000

/** In the order the collector's data base gives them: region by region, by resource id. */
export function demoActivities(seed: number, month: DemoMonth): readonly Activity[] {
  const activities = DEMO_RESOURCES.flatMap(resource => {
    const [from, until] = hoursRun(seed, resource, month)
    if (until <= from) return []
    const start = new Date(month.start.getTime() + from * HOUR_MS)
    const end = new Date(month.start.getTime() + until * HOUR_MS)
    const resourceId = demoResourceId(seed, resource)
    return [{ resource, resourceId, ...measure(seed, resource, month, until - from), start, end }]
  })
  return activities.toSorted(
    (a, b) => compare(b.resource.region, a.resource.region) || compare(a.resourceId, b.resourceId),
  )
}

/** As the collector writes it down. */
export function toUsage({ resource, ...activity }: Activity, projectId: string): Usage {
  const { region, name, type, service } = resource
  return { region, projectId, resourceName: name, resourceType: type, service, ...activity }
}

/** Between 0 and 1, the same for the same words. */
export function chance(...words: readonly (string | number)[]): number {
  return digest('chance', ...words).readUInt32BE(0) / 2 ** 32
}

/** First and last hour of the month that the resource runs in. */
function hoursRun(seed: number, resource: DemoResource, { index, start, end }: DemoMonth): readonly [number, number] {
  const { from = -1, until = Number.POSITIVE_INFINITY, region, identity } = resource
  const passed = Math.floor((end.getTime() - start.getTime()) / HOUR_MS)
  if (index < from || index > until) return [0, 0]
  // What one line of a resource ends with, its next line begins with: a resize has one hour for both.
  const change = 24 + Math.floor(chance(seed, 'change', region, identity) * 480)
  return [index === from ? change : 0, index === until ? Math.min(change, passed) : passed]
}

function measure(seed: number, resource: DemoResource, { index, fullHours }: DemoMonth, hours: number) {
  const { type, service, size, identity } = resource
  if (type === 'Volume' || type === 'Object Storage Container')
    return { volume: size * hours, unit: 'gigabyte' as const }
  if (!/-(in|out)$/.test(service)) return { volume: hours * 3600, unit: 'second' as const }
  const gigabytes = size * (0.7 + 0.6 * chance(seed, service, identity, index)) * (hours / fullHours)
  return { volume: Math.floor(gigabytes * 1024 ** 3), unit: 'byte' as const }
}

function demoResourceId(seed: number, { type, region, identity }: DemoResource): string {
  const hex = hexId('resource', seed, type, region, identity)
  if (type === 'Object Storage Container') return hex
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return identity === 'root' ? `${uuid}-root_disk` : uuid
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
