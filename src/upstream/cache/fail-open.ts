import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../../request/clock.js'

/** How long a store is waited for by default. */
export const STORE_TIMEOUT_MS = 50
/** Failures and late responses in a row after which the store is not used for a while. */
const FAILURES_TO_PAUSE = 3
const PAUSE_MS = 5_000

const TIMED_OUT = Symbol('timed out')

/**
 * Calls to a store that may fail, each with a timeout. A store that keeps failing, or keeps responding late, is not called for some
 * seconds. So a shared store can slow down no response by much.
 */
export class FailOpen {
  private failuresInARow = 0
  private pausedUntil = 0

  /** @param paused is called at the beginning of each pause */
  constructor(
    private readonly clock: Clock,
    private readonly timeoutMs = STORE_TIMEOUT_MS,
    private readonly paused: () => void = () => {},
  ) {}

  /** The result of the call; the fallback when it fails, takes too long, or is not made. */
  async attempt<T, F>(call: () => Promise<T>, fallback: F): Promise<T | F> {
    if (this.clock().getTime() < this.pausedUntil) return fallback
    const done = new AbortController()
    const timeout = setTimeout(this.timeoutMs, TIMED_OUT, { signal: done.signal })
    // The loser of the race may reject unhandled.
    timeout.catch(() => {})
    try {
      const start = performance.now()
      const called = call()
      called.catch(() => {})
      const result = await Promise.race([called, timeout])
      if (result === TIMED_OUT) throw new Error('timed out')
      // A result that took more than half of the timeout is used, but such a store is no better than none.
      if (performance.now() - start > this.timeoutMs / 2) this.noteFailure()
      else this.failuresInARow = 0
      return result as T
    } catch {
      this.noteFailure()
      return fallback
    } finally {
      done.abort()
    }
  }

  private noteFailure(): void {
    if (++this.failuresInARow < FAILURES_TO_PAUSE) return
    this.failuresInARow = 0
    this.pausedUntil = this.clock().getTime() + PAUSE_MS
    this.paused()
  }
}
