import { setImmediate } from 'node:timers/promises'
import type { Keyv } from 'keyv'
import { LRUCache } from 'lru-cache'
import { deepFreeze } from '../decoding/deep-freeze.js'

/** How a cached value is written to, and read back from, a store that holds strings. */
export interface Codec<V> {
  encode(value: V): string
  /** @throws anything for a text that `encode` has not made; the entry then counts as absent */
  decode(text: string): V | Promise<V>
}

/** What a cache is made of. A value in the store names its key, and is taken for no other. */
export interface CacheOptions<V> {
  /** Sets this cache's keys apart in a store that is shared: `catalyst-months`. */
  readonly name: string
  readonly codec: Codec<V>
  /** Null keeps values in memory only. */
  readonly store: Keyv<string> | null
  /** Makes the key of a value in the store. */
  readonly storeKey: (name: string, key: string) => string
  /** Values held in memory at the most. */
  readonly maxEntries: number
}

/**
 * Two levels: decoded, frozen values in memory, and behind them a store of strings that replicas may share. The store is a
 * help, never a need: whatever fails there counts as a miss.
 */
export class Cache<V extends object> {
  private readonly memory: LRUCache<string, V>

  constructor(private readonly options: CacheOptions<V>) {
    this.memory = new LRUCache({ max: options.maxEntries })
  }

  /** The value, or undefined when there is none or its time has passed. */
  async get(key: string): Promise<V | undefined> {
    const held = this.memory.get(key)
    const { store } = this.options
    if (held !== undefined || !store) return held
    try {
      const { value: text, expires } = (await store.get(this.storeKey(key), { raw: true })) ?? {}
      if (text === undefined) return undefined
      const [whose, ...rest] = text.split('\n')
      if (whose !== key) return undefined
      const value = deepFreeze(await this.options.codec.decode(rest.join('\n')))
      // Kept here for what is left of its life there, or a copy would outlive the original.
      this.memory.set(key, value, typeof expires === 'number' ? { ttl: Math.max(1, expires - Date.now()) } : {})
      return value
    } catch {
      return undefined
    }
  }

  /** Keeps the value for `lifeMs`, not at all when that is no time; it is frozen from here on. */
  async set(key: string, value: V, lifeMs: number): Promise<void> {
    // Both levels would read 0 as for ever.
    if (lifeMs <= 0) return
    this.memory.set(key, deepFreeze(value), { ttl: lifeMs })
    // Freezing a large value takes a while, and so does writing it as text: others come first.
    await setImmediate()
    const { store } = this.options
    if (!store) return
    try {
      await store.set(this.storeKey(key), `${key}\n${this.options.codec.encode(value)}`, lifeMs)
    } catch {
      // The first level has it.
    }
  }

  private storeKey(key: string): string {
    return this.options.storeKey(this.options.name, key)
  }
}
