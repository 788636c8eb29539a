import { EventEmitter } from 'node:events'
import type { KeyvStoreAdapter } from 'keyv'
import type { Clock } from '../../request/clock.js'
import { FailOpen } from './fail-open.js'

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

  get<Value>(key: string) {
    return this.calls.attempt(() => this.store.get<Value>(key), undefined)
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
