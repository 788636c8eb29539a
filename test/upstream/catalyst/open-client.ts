import { Keyv } from 'keyv'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { TaxedMoney } from '../../../src/domain/taxed-money.js'
import type { Clock } from '../../../src/request/clock.js'
import type { CatalystStandIn } from '../../../src/standin/catalyst/start.js'
import { createResponseCache } from '../../../src/upstream/cache/cache-settings.js'
import { type CacheTtls, DEFAULT_TTLS, RESPONSE_KINDS } from '../../../src/upstream/cache/ttl.js'
import type { CatalystBilling } from '../../../src/upstream/catalyst/billing.js'
import { CatalystClient } from '../../../src/upstream/catalyst/client.js'
import { RatingEndpoints } from '../../../src/upstream/catalyst/endpoints.js'
import { type CatalystSettings, openCatalyst } from '../../../src/upstream/catalyst/open.js'
import { DecodePool } from '../../../src/upstream/decoding/worker-pool.js'
import { UpstreamHttp } from '../../../src/upstream/http/upstream-http.js'
import { Keystone } from '../../../src/upstream/keystone/client.js'

/** A moment after the recordings were made, before their tokens expire. */
export const TODAY = new Date('2026-11-21T23:35:40.250Z')
export const clock: Clock = () => TODAY

/** What responses do not state. */
export const TERMS = { currency: 'NZD', taxRate: parseDecimal('0.15'), taxRounding: 'HALF_EVEN' } as const

/** Starts no thread before a body is large, and what it starts keeps no process alive. */
export const decoders = new DecodePool()

/** A password that must not show up anywhere. */
export const SECRET = 'canary-kea-4711'

/** Settings for a Keystone at `authUrl`, with a password. */
export function settingsFor(authUrl: string, more: Partial<CatalystSettings> = {}): CatalystSettings {
  return {
    ...TERMS,
    authUrl,
    credential: {
      method: 'password',
      user: { name: 'alice', domain: { name: 'Default' } },
      password: SECRET,
      project: { name: 'wcc.example.nz', domain: { id: 'default' } },
    },
    serviceType: 'ratingv2',
    interface: 'public',
    regions: null,
    preferredRegion: null,
    endpoints: new Map(),
    driver: null,
    deadlineMs: 10_000,
    ...more,
  }
}

/** Settings for a stand-in, with the password of its first user. */
export function settingsForStandIn(
  { authUrl, credentials }: CatalystStandIn,
  more: Partial<CatalystSettings> = {},
): CatalystSettings {
  const { username, password, userDomainName, projectId } = credentials
  return settingsFor(authUrl, {
    credential: {
      method: 'password',
      user: { name: username, domain: { name: userDomainName } },
      password,
      project: { id: projectId },
    },
    ...more,
  })
}

/** Caches closed months only, so that a test sees every other call. */
export const CLOSED_MONTHS_ONLY: CacheTtls = {
  ...(Object.fromEntries(
    RESPONSE_KINDS.map(kind => [kind, { freshMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 }]),
  ) as unknown as CacheTtls),
  'catalyst-closed-bills': DEFAULT_TTLS['catalyst-closed-bills'],
}

/** All of Catalyst's billing, with a cache of its own unless a store is passed in. */
export function openBilling(
  settings: CatalystSettings,
  {
    clock: now = clock,
    store = new Keyv<string>(),
    ttls = CLOSED_MONTHS_ONLY,
  }: { clock?: Clock; store?: Keyv<string>; ttls?: CacheTtls | null } = {},
): AsyncDisposable & { readonly billing: CatalystBilling } {
  const cache = { ttls, store: { entries: store, generations: null } }
  const { billing, close } = openCatalyst(settings, { clock: now, cache, decoders })
  return { billing, [Symbol.asyncDispose]: close }
}

/** The client alone, without a cache, wired as `openCatalyst` does. */
export function openClient(
  settings: CatalystSettings,
  now: Clock = clock,
): AsyncDisposable & { readonly client: CatalystClient; readonly keystone: Keystone } {
  const { origin, pathname } = new URL(settings.authUrl)
  const connect = (upstream: 'keystone' | 'catalyst') => (to: string) =>
    new UpstreamHttp({
      upstream,
      origin: to,
      deadlineMs: settings.deadlineMs,
      maxBodyBytes: 32 * 1024 * 1024,
      clock: now,
    })
  const http = connect('keystone')(origin)
  const keystone = new Keystone({ http, basePath: pathname, credential: settings.credential, clock: now, decoders })
  const endpoints = new RatingEndpoints({ ...settings, overrides: settings.endpoints })
  const cache = createResponseCache('catalyst', SECRET, { ttls: null, store: null }, now)
  const client = new CatalystClient({ keystone, endpoints, connect: connect('catalyst'), clock: now, cache, decoders })
  return {
    client,
    keystone,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([http, client].map(opened => opened[Symbol.asyncDispose]()))
    },
  }
}

/** `538.37 / 619.13`: net and gross. */
export function printTotal({ net, gross }: TaxedMoney): string {
  return `${formatDecimal(net)} / ${gross === null ? '?' : formatDecimal(gross)}`
}
