import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { KeyvStoreAdapter } from 'keyv'
import type { Clock } from '../../request/clock.js'

/** Nobody waits longer for what is only a help. */
export const STORE_TIMEOUT_MS = 50
/** Failures and late answers in a row after which the store is left alone for a while. */
const TROUBLES_TO_REST = 3
const REST_MS = 5_000

/** What a store has done so far. */
export interface StoreCounts {
  readonly answered: number
  readonly failed: number
}

const TIMED_OUT = Symbol('timed out')

/**
 * Another store, waited for fifty milliseconds at the most, unless told otherwise: whatever fails there counts as a miss, and a store that keeps
 * failing, or keeps answering late, is left alone for some seconds. So a cache that replicas share is a help, and never a need.
 */
export class FailOpenStore extends EventEmitter implements KeyvStoreAdapter {
  readonly opts = {}
  private answered = 0
  private failed = 0
  private troublesInARow = 0
  private restsUntil = 0

  constructor(
    private readonly store: KeyvStoreAdapter,
    private readonly clock: Clock,
    private readonly timeoutMs: number = STORE_TIMEOUT_MS,
  ) {
    super()
    // It is told by what it does; unheard, the event would end the process.
    store.on('error', () => {})
  }

  get<Value>(key: string) {
    return this.ask(() => this.store.get<Value>(key), undefined)
  }

  set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    return this.ask(async () => (await this.store.set(key, value, ttl)) !== false, false)
  }

  delete(key: string): Promise<boolean> {
    return this.ask(() => this.store.delete(key), false)
  }

  clear(): Promise<void> {
    return this.ask(() => this.store.clear(), undefined)
  }

  async disconnect(): Promise<void> {
    await this.store.disconnect?.().catch(() => {})
  }

  counts(): StoreCounts {
    const { answered, failed } = this
    return { answered, failed }
  }

  private async ask<T>(question: () => Promise<T>, otherwise: T): Promise<T> {
    if (this.clock().getTime() < this.restsUntil) return otherwise
    const done = new AbortController()
    const patience = setTimeout(this.timeoutMs, TIMED_OUT, { signal: done.signal })
    // Whichever comes second is nobody's failure.
    patience.catch(() => {})
    try {
      const start = performance.now()
      const asked = question()
      asked.catch(() => {})
      const answer = await Promise.race([asked, patience])
      if (answer === TIMED_OUT) throw new Error('not in time')
      this.answered++
      // An answer in half that time still is a help; a later one is used, but such a store is no better than none.
      if (performance.now() - start > this.timeoutMs / 2) this.noteTrouble()
      else this.troublesInARow = 0
      return answer as T
    } catch {
      this.failed++
      this.noteTrouble()
      return otherwise
    } finally {
      done.abort()
    }
  }

  private noteTrouble(): void {
    if (++this.troublesInARow < TROUBLES_TO_REST) return
    this.troublesInARow = 0
    this.restsUntil = this.clock().getTime() + REST_MS
  }
}
