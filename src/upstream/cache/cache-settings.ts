import type { Keyv } from 'keyv'
import type { Clock } from '../../request/clock.js'
import { ResponseCache } from './response-cache.js'
import { createStoreKeys } from './shared-store.js'
import type { CacheTtls } from './ttl.js'

/** What is configured of keeping answers. */
export interface CacheSettings {
  /** Null keeps none, save bills that are closed and paid, and price lists. */
  readonly lives: CacheTtls | null
  /** Of a Redis or Valkey that several gateways share; null keeps all in memory. It may hold a password. */
  readonly url: string | null
  /** How long that is waited for; 50 unless told otherwise. */
  readonly timeoutMs?: number
}

/** How answers are kept, whoever's they are. */
export interface ResponseCacheSettings {
  readonly lives: CacheTtls
  /** Where replicas share them; null keeps them in memory only. */
  readonly store: Keyv<string> | null
}

/**
 * A keeper for the answers that one credential gets.
 *
 * @param owner upstream and account, in words that are no secret
 * @param credential Secret; it makes the keys in the store.
 */
export function createResponseCache(
  owner: string,
  credential: string,
  { lives, store }: ResponseCacheSettings,
  clock: Clock,
): ResponseCache {
  return new ResponseCache({ owner, storeKey: createStoreKeys(credential), lives, store, clock, random: Math.random })
}

/** Keeps nothing, save bills that are closed and paid, and price lists: for whoever asks once. */
export const NO_CACHE: CacheSettings = { lives: null, url: null }
