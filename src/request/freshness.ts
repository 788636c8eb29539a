import { AsyncLocalStorage } from 'node:async_hooks'

const requests = new AsyncLocalStorage<Freshness>()

/** How long everything that one response was made of stays fresh. */
export class Freshness {
  private freshUntil = Number.POSITIVE_INFINITY

  /** Lowers the limit. @param until milliseconds of the clock */
  note(until: number): void {
    this.freshUntil = Math.min(this.freshUntil, until)
  }

  /** Milliseconds of the clock; Infinity when no part came from a cache. */
  get until(): number {
    return this.freshUntil
  }

  /** Whole seconds left; 0 when a part is no longer fresh, Infinity when no part came from a cache. */
  secondsLeft(now: Date): number {
    return Math.max(0, Math.floor((this.freshUntil - now.getTime()) / 1000))
  }
}

/** Runs the work and notes the freshness of every cached value it reads. The layers between need not pass it on. */
export function watchFreshness<T>(freshness: Freshness, work: () => T): T {
  return requests.run(freshness, work)
}

/** Notes how long a value that the present request reads stays fresh. @param until milliseconds of the clock; 0 for stale */
export function noteFreshUntil(until: number): void {
  requests.getStore()?.note(until)
}
