import { EventEmitter } from 'node:events'
import type { KeyvStoreAdapter } from 'keyv'
import type { Clock } from '../../request/clock.js'
import { type SharedRead, sharedReads } from '../../request/observation.js'
import { FailOpen } from './fail-open.js'

const FAILED = Symbol('failed')

/**
 * Fail-open cache store: another store with a timeout. A failure or a timeout is a miss, and a store that keeps failing, or
 * keeps responding late, is not used for some seconds. So a shared cache can slow down no response by much.
 */
export class FailOpenStore extends EventEmitter implements KeyvStoreAdapter {
  readonly opts = {}
  private readonly calls: FailOpen

  constructor(
    private readonly store: KeyvStoreAdapter,
    clock: Clock,
    timeoutMs?: number,
  ) {
    super()
    this.calls = new FailOpen(clock, timeoutMs)
    // Failures show in what calls return. Unhandled 'error' events would end the process.
    store.on('error', () => {})
  }

  async get<Value>(key: string) {
    const found = await this.calls.attempt(() => this.store.get<Value>(key), FAILED)
    sharedReads.publish({ outcome: outcomeOf(found) } satisfies SharedRead)
    return found === FAILED ? undefined : found
  }

  /** The value, undefined where there is none; null when the store fails. */
  tryGet<Value>(key: string): Promise<{ readonly value: Value | undefined } | null> {
    return this.calls.attempt(async () => ({ value: (await this.store.get<Value>(key)) as Value | undefined }), null)
  }

  set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    return this.calls.attempt(async () => (await this.store.set(key, value, ttl)) !== false, false)
  }

  delete(key: string): Promise<boolean> {
    return this.calls.attempt(() => this.store.delete(key), false)
  }

  clear(): Promise<void> {
    return this.calls.attempt(() => this.store.clear(), undefined)
  }

  async disconnect(): Promise<void> {
    await this.store.disconnect?.().catch(() => {})
  }
}

function outcomeOf(found: unknown): SharedRead['outcome'] {
  if (found === FAILED) return 'failed'
  return found === undefined || found === null ? 'miss' : 'hit'
}
