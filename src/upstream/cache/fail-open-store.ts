import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { KeyvStoreAdapter } from 'keyv'
import type { Clock } from '../../request/clock.js'

/** How long the store is waited for by default. */
export const STORE_TIMEOUT_MS = 50
/** Failures and late responses in a row after which the store is not used for a while. */
const FAILURES_TO_PAUSE = 3
const PAUSE_MS = 5_000

const TIMED_OUT = Symbol('timed out')

/**
 * Fail-open cache store: another store with a timeout. A failure or a timeout is a miss, and a store that keeps failing, or
 * keeps responding late, is not used for some seconds. So a shared cache can slow down no response by much.
 */
export class FailOpenStore extends EventEmitter implements KeyvStoreAdapter {
  readonly opts = {}
  private failuresInARow = 0
  private pausedUntil = 0

  constructor(
    private readonly store: KeyvStoreAdapter,
    private readonly clock: Clock,
    private readonly timeoutMs: number = STORE_TIMEOUT_MS,
  ) {
    super()
    // Failures show in what calls return. Unhandled 'error' events would end the process.
    store.on('error', () => {})
  }

  get<Value>(key: string) {
    return this.attempt(() => this.store.get<Value>(key), undefined)
  }

  /** The value, undefined where there is none; null when the store fails. */
  tryGet<Value>(key: string): Promise<{ readonly value: Value | undefined } | null> {
    return this.attempt(async () => ({ value: (await this.store.get<Value>(key)) as Value | undefined }), null)
  }

  set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    return this.attempt(async () => (await this.store.set(key, value, ttl)) !== false, false)
  }

  delete(key: string): Promise<boolean> {
    return this.attempt(() => this.store.delete(key), false)
  }

  clear(): Promise<void> {
    return this.attempt(() => this.store.clear(), undefined)
  }

  async disconnect(): Promise<void> {
    await this.store.disconnect?.().catch(() => {})
  }

  private async attempt<T>(call: () => Promise<T>, fallback: T): Promise<T> {
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
  }
}
