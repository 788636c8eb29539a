import { Keyv } from 'keyv'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { TaxedMoney } from '../../../src/domain/taxed-money.js'
import type { Clock } from '../../../src/request/clock.js'
import type { CatalystStandIn } from '../../../src/standin/catalyst/start.js'
import type { CatalystBilling } from '../../../src/upstream/catalyst/billing.js'
import { CatalystClient } from '../../../src/upstream/catalyst/client.js'
import { type CatalystSettings, createCatalystBilling } from '../../../src/upstream/catalyst/create.js'
import { RatingEndpoints } from '../../../src/upstream/catalyst/rating-endpoints.js'
import { DecodePool } from '../../../src/upstream/decoding/worker-pool.js'
import { UpstreamHttp } from '../../../src/upstream/http/upstream-http.js'
import { Keystone } from '../../../src/upstream/keystone/client.js'

/** A moment after the recordings were made, while their tokens still live. */
export const TODAY = new Date('2026-11-21T23:35:40.250Z')
export const clock: Clock = () => TODAY

/** What the wire does not say. */
export const TERMS = { currency: 'NZD', taxRate: parseDecimal('0.15') }

/** Starts no thread before a body is large, and what it starts keeps no process alive. */
export const decoders = new DecodePool()

/** A password that must never be seen again. */
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

/** The whole of Catalyst's billing, with a cache of its own unless one is handed in. */
export function openBilling(
  settings: CatalystSettings,
  { clock: now = clock, store = new Keyv<string>() }: { clock?: Clock; store?: Keyv<string> } = {},
): AsyncDisposable & { readonly billing: CatalystBilling } {
  const { billing, close } = createCatalystBilling(settings, { clock: now, decoders, store, keeping: null })
  return { billing, [Symbol.asyncDispose]: close }
}

/** The client alone, wired as `createCatalystBilling` does. */
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
  const client = new CatalystClient({ keystone, endpoints, connect: connect('catalyst'), clock: now, kept: null })
  return {
    client,
    keystone,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([http[Symbol.asyncDispose](), client[Symbol.asyncDispose]()])
    },
  }
}

/** `538.37 / 619.13`: net and gross. */
export function printTotal({ net, gross }: TaxedMoney): string {
  return `${formatDecimal(net)} / ${gross === null ? '?' : formatDecimal(gross)}`
}
