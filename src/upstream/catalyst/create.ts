import { createHash } from 'node:crypto'
import type { Keyv } from 'keyv'
import type { Decimal } from '../../domain/decimal.js'
import type { Clock } from '../../request/clock.js'
import { Cache } from '../cache/cache.js'
import { createResponseCache, type ResponseCacheSettings } from '../cache/cache-settings.js'
import { createStoreKeys } from '../cache/store-keys.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import { createRetryPolicy } from '../http/retry.js'
import { UpstreamHttp } from '../http/upstream-http.js'
import { Keystone } from '../keystone/client.js'
import type { KeystoneCredential } from '../keystone/credential.js'
import { TokenInspector } from '../keystone/token-inspector.js'
import { CatalystBilling } from './billing.js'
import { CatalystClient } from './client.js'
import type { CatalystDriver } from './driver.js'
import { invoiceMonthCodec } from './invoice-month.js'
import { InvoiceMonths } from './invoice-months.js'
import { InvoiceReader } from './invoice-reader.js'
import { KeptMonths } from './kept-months.js'
import { PriceLists, priceListCodec } from './price-lists.js'
import { RatingEndpoints } from './rating-endpoints.js'

/** All that the gateway is told about one Catalyst Cloud account. */
export interface CatalystSettings {
  /** Its name in clouds.yaml; absent where variables describe the only account. */
  readonly cloud?: string | undefined
  /** Of Keystone, ending with the version: `https://api.nz-por-1.catalystcloud.io:5000/v3`. */
  readonly authUrl: string
  readonly credential: KeystoneCredential
  readonly serviceType: string
  readonly interface: string
  readonly regions: readonly string[] | null
  readonly preferredRegion: string | null
  readonly endpoints: ReadonlyMap<string, string>
  readonly driver: CatalystDriver | null
  readonly currency: string
  readonly taxRate: Decimal
  readonly deadlineMs: number
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** What is shared by all upstreams. */
export interface UpstreamOptions {
  readonly clock: Clock
  readonly decoders: DecodePool
  /** The second level of every cache, which replicas share; null keeps all in memory only. */
  readonly store: Keyv<string> | null
  /** How answers are kept; null keeps none. */
  readonly keeping: ResponseCacheSettings | null
  /** Longest pause that a `Retry-After` is granted. */
  readonly maxRetryAfterMs?: number | undefined
}

/** Keystone answers within a second or two; a rating server may compute for much longer. */
const KEYSTONE_DEADLINE_MS = 15_000
/** Somebody waits for it before his own question is even looked at. */
const CALLER_DEADLINE_MS = 5_000
const MAX_TOKEN_BODY_BYTES = 4 * 1024 * 1024
/** Without its catalog a token is small; this much is decoded where it is read. */
const MAX_CALLER_TOKEN_BODY_BYTES = 64 * 1024
const MAX_BILL_BODY_BYTES = 32 * 1024 * 1024
const MAX_CACHED_MONTHS = 5_000
const MAX_CACHED_PRICE_LISTS = 20

/** Wires up one account, which shares no token and no connection with any other. Nothing is asked yet. */
export function createCatalystBilling(
  settings: CatalystSettings,
  { clock, decoders, store, keeping, maxRetryAfterMs }: UpstreamOptions,
): { readonly billing: CatalystBilling; readonly tokens: TokenInspector; close(): Promise<void> } {
  const { cloud, credential, currency, taxRate, ca } = settings
  const authUrl = new URL(settings.authUrl)
  const servers = nameServers(settings)
  const keystoneHttp = new UpstreamHttp({
    upstream: 'keystone',
    cloud,
    origin: authUrl.origin,
    deadlineMs: KEYSTONE_DEADLINE_MS,
    maxBodyBytes: MAX_TOKEN_BODY_BYTES,
    clock,
    maxRetryAfterMs,
    ca,
  })
  // Connections of their own: whoever sends many tokens does not keep the gateway itself from Keystone.
  const callerHttp = new UpstreamHttp({
    upstream: 'keystone',
    origin: authUrl.origin,
    deadlineMs: CALLER_DEADLINE_MS,
    maxBodyBytes: MAX_CALLER_TOKEN_BODY_BYTES,
    clock,
    maxRetryAfterMs,
    ca,
  })
  const tokens = new TokenInspector({ http: callerHttp, basePath: authUrl.pathname, decoders })
  const keystone = new Keystone({ http: keystoneHttp, basePath: authUrl.pathname, credential, clock, decoders })
  const client = new CatalystClient({
    keystone,
    endpoints: new RatingEndpoints({ ...settings, overrides: settings.endpoints }),
    connect: origin =>
      new UpstreamHttp({
        upstream: 'catalyst',
        cloud,
        origin,
        deadlineMs: settings.deadlineMs,
        maxBodyBytes: MAX_BILL_BODY_BYTES,
        clock,
        retry: createRetryPolicy(),
        maxRetryAfterMs,
        ca,
      }),
    clock,
    kept: keeping && createResponseCache(`catalyst ${servers}`, JSON.stringify(credential), keeping, clock),
    cloud,
  })
  const terms = { currency, taxRate }
  const codec = invoiceMonthCodec(terms)
  const storeKey = createStoreKeys(JSON.stringify(credential))
  const cache = new Cache({ name: `catalyst-months@${servers}`, codec, store, storeKey, maxEntries: MAX_CACHED_MONTHS })
  const prices = new Cache({
    name: `catalyst-prices@${servers}`,
    codec: priceListCodec,
    store,
    storeKey,
    maxEntries: MAX_CACHED_PRICE_LISTS,
  })
  const priceLists = new PriceLists(client, keeping === null ? prices : null)
  const reader = new InvoiceReader(client, priceLists, settings.driver)
  const keptMonths = new KeptMonths({ cache, life: keeping?.lives['catalyst-bills'] ?? null, clock })
  const months = new InvoiceMonths({ reader, terms, kept: keptMonths, clock })
  const health = () => [keystoneHttp.health(), ...client.health()]
  return {
    billing: new CatalystBilling({ client, reader, months, priceLists, terms, health, clock }),
    tokens,
    close: async () => {
      await keystone.revoke()
      await Promise.all([
        tokens[Symbol.asyncDispose](),
        keystoneHttp[Symbol.asyncDispose](),
        client[Symbol.asyncDispose](),
      ])
    },
  }
}

/**
 * The same text for accounts that the same servers answer. Another Keystone may have another project of the same id, and
 * another choice of regions sums up to another bill, so what is cached must not pass from one to the other.
 */
function nameServers({ authUrl, serviceType, interface: face, regions, endpoints }: CatalystSettings): string {
  const parts = JSON.stringify([authUrl, serviceType, face, regions, [...endpoints]])
  return createHash('sha256').update(parts).digest('base64url').slice(0, 16)
}
