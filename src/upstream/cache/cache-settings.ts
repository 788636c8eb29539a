import type { Keyv } from 'keyv'
import type { Clock } from '../../request/clock.js'
import { KeptAnswers } from './response-cache.js'
import { createStoreKeys } from './store-keys.js'
import type { AnswerLives } from './ttl.js'

/** What is configured of keeping answers. */
export interface CacheSettings {
  /** Null keeps none, save bills that are closed and paid, and price lists. */
  readonly lives: AnswerLives | null
  /** Of a Redis or Valkey that several gateways share; null keeps all in memory. It may hold a password. */
  readonly url: string | null
  /** How long that is waited for; 50 unless told otherwise. */
  readonly patienceMs?: number
}

/** How answers are kept, whoever's they are. */
export interface AnswerKeeping {
  readonly lives: AnswerLives
  /** Where replicas share them; null keeps them in memory only. */
  readonly store: Keyv<string> | null
}

/**
 * A keeper for the answers that one credential gets.
 *
 * @param owner upstream and account, in words that are no secret
 * @param credential Secret; it makes the keys in the store.
 */
export function keepAnswersOf(
  owner: string,
  credential: string,
  { lives, store }: AnswerKeeping,
  clock: Clock,
): KeptAnswers {
  return new KeptAnswers({ owner, storeKey: createStoreKeys(credential), lives, store, clock, random: Math.random })
}

/** Keeps nothing, save bills that are closed and paid, and price lists: for whoever asks once. */
export const NO_CACHE: CacheSettings = { lives: null, url: null }
