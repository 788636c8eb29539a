import type { Keyv } from 'keyv'
import type { Clock } from '../../request/clock.js'
import { ResponseCache } from './response-cache.js'
import type { SharedGenerationOptions } from './shared-generation.js'
import { createStoreKeys, SharedStore } from './shared-store.js'
import type { CacheTtls, ResponseKind } from './ttl.js'

/** The configuration of response caches. */
export interface CacheSettings {
  /** Null caches nothing. */
  readonly ttls: CacheTtls | null
  /** Of a Redis or Valkey that several gateways share; null caches in memory only. It may hold a password. */
  readonly url: string | null
  /** How long to wait for Redis; 50 by default. */
  readonly timeoutMs?: number
}

/** A store that replicas share, opened. */
export interface ResponseStore {
  /** Response bodies. */
  readonly entries: Keyv<string>
  /** The generations of kinds that are forgotten after a write; null where no other replica writes. */
  readonly generations: SharedGenerationOptions['store'] | null
}

/** The settings that all response caches share. */
export interface ResponseCacheSettings {
  /** Null caches nothing. */
  readonly ttls: CacheTtls | null
  /** Shared by replicas; null caches in memory only. */
  readonly store: ResponseStore | null
  /** Takes a warning about the store for the log. */
  readonly warn?: ((message: string) => void) | undefined
}

/** Caches nothing. */
export const NO_CACHE: CacheSettings = { ttls: null, url: null }

/**
 * A cache for the responses to one credential.
 *
 * @param owner upstream and account, without secrets
 * @param credential Secret; it makes the keys in the shared store, and signs the values.
 */
export function createResponseCache(
  owner: string,
  credential: string,
  { ttls, store, warn = () => {} }: ResponseCacheSettings,
  clock: Clock,
): ResponseCache {
  const shared = store && new SharedStore({ keyv: store.entries, owner, credential, warn })
  const generations = store?.generations && {
    store: store.generations,
    keyOf: (kind: ResponseKind) => createStoreKeys(credential)('generation', `${kind}\n${owner}`),
  }
  return new ResponseCache({ ttls, store: shared, generations, clock, random: Math.random })
}
