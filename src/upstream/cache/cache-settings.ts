import type { Keyv } from 'keyv'
import type { Clock } from '../../request/clock.js'
import { ResponseCache } from './response-cache.js'
import { SharedStore } from './shared-store.js'
import type { CacheTtls } from './ttl.js'

/** The configuration of response caches. */
export interface CacheSettings {
  /** Null caches nothing. */
  readonly ttls: CacheTtls | null
  /** Of a Redis or Valkey that several gateways share; null caches in memory only. It may hold a password. */
  readonly url: string | null
  /** How long to wait for Redis; 50 by default. */
  readonly timeoutMs?: number
}

/** The settings that all response caches share. */
export interface ResponseCacheSettings {
  /** Null caches nothing. */
  readonly ttls: CacheTtls | null
  /** Shared by replicas; null caches in memory only. */
  readonly store: Keyv<string> | null
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
  const shared = store && new SharedStore({ keyv: store, owner, credential, warn })
  return new ResponseCache({ ttls, store: shared, clock, random: Math.random })
}
