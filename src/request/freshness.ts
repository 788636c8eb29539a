import { AsyncLocalStorage } from 'node:async_hooks'

const requests = new AsyncLocalStorage<Freshness>()

/** Until when all that one request was answered from is fresh. */
export class Freshness {
  private leastFresh = Number.POSITIVE_INFINITY

  /** @param until milliseconds of the clock */
  note(until: number): void {
    this.leastFresh = Math.min(this.leastFresh, until)
  }

  /** Milliseconds of the clock; Infinity when nothing of it is kept. */
  get until(): number {
    return this.leastFresh
  }

  /** Whole seconds that are left; 0 when a part of it is old already, Infinity when nothing of it is kept. */
  secondsLeft(now: Date): number {
    return Math.max(0, Math.floor((this.leastFresh - now.getTime()) / 1000))
  }
}

/** Does the work; what is answered from what is kept meanwhile is noted. It passes all the layers between, which have no use for it. */
export function watchFreshness<T>(freshness: Freshness, work: () => T): T {
  return requests.run(freshness, work)
}

/** Notes until when something is fresh that the present request is answered from. */
export function noteFreshUntil(until: number): void {
  requests.getStore()?.note(until)
}
