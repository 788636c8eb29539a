import { quantile } from '../quantile.js'

/** Cost at one size, in several rounds. */
export interface Point {
  readonly size: number
  /** Of each round. */
  readonly values: readonly number[]
}

/** Points of one kind, by size, in one unit. */
export interface Series {
  readonly name: string
  /** What the sizes count. */
  readonly axis: string
  readonly unit: string
  readonly points: readonly Point[]
}

/** The median of a point. */
export function medianOf({ values }: Point): number {
  return quantile(values, 0.5)
}

/** CPU time of this process, all threads, in microseconds, that the work takes. */
export async function cpuMicroseconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** `12.3 [11.9–12.8]`: the median and the range. */
export function formatSpread(values: readonly number[]): string {
  const show = (value: number): string => (value >= 1_000 ? value.toFixed(0) : value.toPrecision(3))
  return `${show(quantile(values, 0.5))} [${show(Math.min(...values))}–${show(Math.max(...values))}]`
}
