import { CallsSpentError } from './call-budget.js'
import { callerName, requestCallBudget, requestSignal, withRequestContext } from './request-context.js'

/** Work that all who want the same share, for as long as one of them waits. */
class InFlight<T> {
  readonly landed: Promise<T>
  private readonly abandon = new AbortController()
  private waiting = 0

  constructor(work: () => Promise<T>) {
    // Its calls are those of whoever was first; the others cause none.
    this.landed = withRequestContext(
      { signal: this.abandon.signal, name: callerName(), calls: requestCallBudget() },
      work,
    )
    // Whoever waits is told; when nobody does any more, it is nobody's failure.
    this.landed.catch(() => {})
  }

  /** What the work gives; rejects as soon as the caller leaves. */
  async join(caller: AbortSignal | undefined): Promise<T> {
    const left = Promise.withResolvers<never>()
    left.promise.catch(() => {})
    const leave = (): void => left.reject(caller?.reason)
    if (caller?.aborted) leave()
    caller?.addEventListener('abort', leave, { once: true })
    this.waiting++
    try {
      return await Promise.race([this.landed, left.promise])
    } finally {
      caller?.removeEventListener('abort', leave)
      if (--this.waiting === 0) this.abandon.abort()
    }
  }

  /** True when it was given up, so that nobody should join it. */
  get isAbandoned(): boolean {
    return this.abandon.signal.aborted
  }
}

/** One inFlight a key: who asks while the same is under way waits for that. A failure is shared by those who wait, and gone. */
export class Coalescer<T> {
  private readonly underWay = new Map<string, InFlight<T>>()

  /**
   * Does the work on behalf of all who ask for it meanwhile. It is given up when the last of them has left.
   *
   * @throws what the work throws; the reason of the caller's own signal
   */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const joined = this.underWay.get(key)
    if (joined && !joined.isAbandoned) return this.joinOther(joined, key, work)
    const inFlight: InFlight<T> = new InFlight(work)
    this.underWay.set(key, inFlight)
    const land = (): void => {
      if (this.underWay.get(key) === inFlight) this.underWay.delete(key)
    }
    inFlight.landed.then(land, land)
    return inFlight.join(requestSignal())
  }

  /** True when whoever asks now would wait for another's work. */
  isInFlight(key: string): boolean {
    return this.underWay.get(key)?.isAbandoned === false
  }

  private async joinOther(joined: InFlight<T>, key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await joined.join(requestSignal())
    } catch (error) {
      // That one has made all his calls is no failure of somebody else's.
      if (error instanceof CallsSpentError) return this.run(key, work)
      throw error
    }
  }
}
