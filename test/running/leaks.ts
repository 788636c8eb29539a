import { type Slope, slopeOf } from './slope.js'

/** What a process holds at one time, after garbage collection. */
export interface Held {
  readonly heapMb: number
  readonly residentMb: number
  readonly timers: number
  /** All that Node.js names: sockets, servers, timers, requests that are not finished. */
  readonly resources: number
  readonly sockets: number
  /** All file descriptors. */
  readonly descriptors: number
}

/** What a process holds, some hours after the start of the load. */
export interface Sample extends Held {
  readonly hours: number
}

/** The growth in an hour from which on it is a leak. */
export type GrowthBounds = Readonly<Record<keyof Held, number>>

/** How something grew in an hour. */
export interface Growth extends Slope {
  readonly what: keyof Held
  readonly bound: number
  /** True when the whole interval is above the bound. */
  readonly isLeak: boolean
}

/**
 * How much more may be held without load after it than before it: connections to the upstream are kept, as many as were used at the
 * same time, and each has a timer.
 */
const MAX_LEFT = { timers: 8, resources: 16, sockets: 4, descriptors: 4 }

/** The growth of everything that is held. The first third of the samples is left out: code is compiled and caches are filled. */
export function growthOf(samples: readonly Sample[], bounds: GrowthBounds): readonly Growth[] {
  const late = samples.slice(Math.floor(samples.length / 3))
  return (Object.keys(bounds) as (keyof Held)[]).map(what => {
    const bound = bounds[what]
    const { slope, halfWidth } = slopeOf(late.map(sample => [sample.hours, sample[what]]))
    return { what, slope, halfWidth, bound, isLeak: slope - halfWidth > bound }
  })
}

/** What is left behind by a load: a sentence for each; `[]` for nothing. @param idle what was held before the load, and after it */
export function leftBehind([before, after]: readonly [Held, Held]): readonly string[] {
  const counts = Object.keys(MAX_LEFT) as (keyof typeof MAX_LEFT)[]
  return counts
    .filter(what => after[what] - before[what] > MAX_LEFT[what])
    .map(what => `${what}: ${before[what]} before the load, ${after[what]} after it`)
}

/** `heapMb: 3.1 an hour (± 1.2, 95 %), bound 10` */
export function formatGrowth({ what, slope, halfWidth, bound }: Growth): string {
  return `${what}: ${slope.toFixed(1)} an hour (± ${halfWidth.toFixed(1)}, 95 %), bound ${bound}`
}
