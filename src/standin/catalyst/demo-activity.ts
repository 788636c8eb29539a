import type { Usage } from './data.js'
import type { DemoMonth } from './demo-calendar.js'
import { demoResourceId } from './demo-collector.js'
import { DEMO_RESOURCES, type DemoResource } from './demo-resources.js'
import { startOfDay } from './time.js'
import { digest } from './tokens.js'

/** Usage of one demo resource in one month. */
export interface Activity {
  readonly resource: DemoResource
  readonly resourceId: string
  /** Unit of the collector. */
  readonly unit: 'second' | 'hour' | 'gigabyte' | 'byte'
  readonly start: Date
  readonly end: Date
  /** Volume of its first `hours` hours, in seconds, hours, gigabyte-hours or whole bytes. */
  readonly volumeIn: (hours: number) => number
}

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const GIGABYTE = 1024 ** 3

/** All activities of a month, in the order of the collector's database: by region, then by resource id. */
export function demoActivities(seed: number, month: DemoMonth): readonly Activity[] {
  const activities = DEMO_RESOURCES.flatMap(resource => {
    const [from, until] = hoursRun(seed, resource, month)
    if (until <= from) return []
    const start = new Date(month.start.getTime() + from * HOUR_MS)
    const end = new Date(month.start.getTime() + until * HOUR_MS)
    return [{ resource, resourceId: demoResourceId(seed, resource), ...measure(seed, resource, month), start, end }]
  })
  return activities.toSorted(
    (a, b) => compare(b.resource.region, a.resource.region) || compare(a.resourceId, b.resourceId),
  )
}

/** Duration of an activity, in hours. */
export function hoursOf({ start, end }: Pick<Activity, 'start' | 'end'>): number {
  return (end.getTime() - start.getTime()) / HOUR_MS
}

/** Usage rows as recorded by the collector: one per day, and one per hour from the day of `now` on. */
export function toUsage(activity: Activity, projectId: string, now: Date): readonly Usage[] {
  const { resource, resourceId, unit, volumeIn } = activity
  const { region, name: resourceName, type: resourceType, service } = resource
  const today = startOfDay(now)
  const rows: Usage[] = []
  let start = activity.start
  let volume = 0
  while (start < activity.end) {
    const next = start < today ? startOfDay(start).getTime() + DAY_MS : start.getTime() + HOUR_MS
    const end = new Date(Math.min(next, activity.end.getTime()))
    const sum = volumeIn(hoursOf({ start: activity.start, end }))
    const row = { region, projectId, resourceId, resourceName, resourceType, service, unit, start, end }
    rows.push({ ...row, volume: sum - volume })
    start = end
    volume = sum
  }
  return rows
}

/** Pseudo-random number from 0 up to 1, the same for the same words. */
export function chance(...words: readonly (string | number)[]): number {
  return digest('chance', ...words).readUInt32BE(0) / 2 ** 32
}

/** First and last hour of the month in which the resource runs. */
function hoursRun(seed: number, resource: DemoResource, month: DemoMonth): readonly [number, number] {
  const { from = -1, until = Number.POSITIVE_INFINITY, region, identity } = resource
  const { index } = month
  if (index < from || index > until) return [0, 0]
  // The old line of a resized resource ends in the hour in which the new line begins.
  const change = 24 + Math.floor(chance(seed, 'change', region, identity) * 480)
  return [index === from ? change : 0, index === until ? Math.min(change, hoursOf(month)) : hoursOf(month)]
}

function measure(
  seed: number,
  { type, service, size, identity }: DemoResource,
  { index, fullHours }: DemoMonth,
): Pick<Activity, 'unit' | 'volumeIn'> {
  if (type === 'Virtual Machine') return { unit: 'second', volumeIn: hours => hours * 3600 }
  if (type === 'Volume') return { unit: 'gigabyte', volumeIn: hours => size * hours }
  if (type === 'Object Storage Container') return { unit: 'byte', volumeIn: hours => size * hours * GIGABYTE }
  if (!/-(in|out)$/.test(service)) return { unit: 'hour', volumeIn: hours => hours }
  const perHour = (size * (0.7 + 0.6 * chance(seed, service, identity, index))) / fullHours
  return { unit: 'byte', volumeIn: hours => Math.floor(perHour * hours * GIGABYTE) }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
