import type { CacheSettings } from '../upstream/cache/cache-settings.js'
import { type CacheTtl, DEFAULT_TTLS, RESPONSE_KINDS, type ResponseKind } from '../upstream/cache/ttl.js'
import type { Environment } from './environment.js'
import { lifeVariable } from './settings/cache-settings.js'

const LIFE = /^\d{1,7},\d{1,7},\d{1,7}$/

/** How answers are kept: on unless told otherwise, each kind for its own times. */
export function readCacheSettings(environment: Environment): CacheSettings {
  const isOff = environment.choice('CACHE', ['on', 'off'] as const) === 'off'
  const ttls = Object.fromEntries(RESPONSE_KINDS.map(kind => [kind, readLife(environment, kind)]))
  const url = environment.secretText('CACHE_URL', isStoreUrl, 'the address of a Redis: redis://… or rediss://…') ?? null
  if (isOff && url !== null) environment.complain('CACHE_URL', 'is set although CACHE is off')
  const timeoutMs = environment.integer('CACHE_TIMEOUT_MS')
  return {
    ttls: isOff ? null : (ttls as Record<ResponseKind, CacheTtl>),
    url,
    timeoutMs,
  }
}

/** Three numbers of seconds: fresh, served while asking, served when the upstream cannot answer. */
function readLife(environment: Environment, kind: ResponseKind): CacheTtl {
  const name = lifeVariable(kind)
  const expected =
    'three whole numbers of seconds, none less than the one before: fresh, while asking, on error (5,30,3600)'
  const text = environment.matching(name, isLife, expected)
  if (text === undefined) return DEFAULT_TTLS[kind]
  const [freshMs = 0, staleWhileRevalidateMs = 0, staleIfErrorMs = 0] = secondsOf(text).map(seconds => seconds * 1000)
  return { freshMs, staleWhileRevalidateMs, staleIfErrorMs }
}

function isLife(text: string): boolean {
  const [fresh = 0, whileAsking = 0, onError = 0] = secondsOf(text)
  return LIFE.test(text) && fresh <= whileAsking && whileAsking <= onError
}

function secondsOf(text: string): readonly number[] {
  return text.split(',').map(Number)
}

function isStoreUrl(text: string): boolean {
  return URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol)
}
