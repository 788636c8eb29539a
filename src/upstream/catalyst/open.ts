import { createHash } from 'node:crypto'
import type { Decimal } from '../../domain/decimal.js'
import type { TaxRounding } from '../../domain/taxed-money.js'
import type { Clock } from '../../request/clock.js'
import { createResponseCache, type ResponseCacheSettings } from '../cache/cache-settings.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import { createRetryPolicy } from '../http/retry.js'
import { UpstreamHttp } from '../http/upstream-http.js'
import { Keystone } from '../keystone/client.js'
import type { KeystoneCredential } from '../keystone/credential.js'
import { TokenInspector } from '../keystone/token-inspector.js'
import { CatalystAccounts } from './accounts.js'
import { CatalystBilling } from './billing.js'
import { CatalystClient } from './client.js'
import type { CatalystDriver } from './driver.js'
import { RatingEndpoints } from './endpoints.js'
import { InvoiceMonths } from './invoice-months.js'
import { InvoiceRanges } from './invoice-ranges.js'

/** The configuration of one Catalyst Cloud account. */
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
  readonly taxRounding: TaxRounding
  readonly deadlineMs: number
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** What all upstreams share. */
export interface UpstreamOptions {
  readonly clock: Clock
  readonly cache: ResponseCacheSettings
  readonly decoders: DecodePool
  /** Longest pause that a `Retry-After` is granted. */
  readonly maxRetryAfterMs?: number | undefined
}

/** One account, with its connections. */
interface OpenAccount {
  readonly billing: CatalystBilling
  readonly tokens: TokenInspector
  close(): Promise<void>
}

/** All accounts, with their connections. */
export interface OpenCatalystAccounts {
  readonly accounts: CatalystAccounts
  /** At the Keystone of the first account: a token of another Keystone says nothing about these projects. */
  readonly tokens: TokenInspector
  close(): Promise<void>
}

/** Keystone answers within a second or two; a rating server may compute for much longer. */
const KEYSTONE_DEADLINE_MS = 15_000
/** A caller's token is checked before anything else is done for the request. */
const CALLER_DEADLINE_MS = 5_000
const MAX_TOKEN_BODY_BYTES = 4 * 1024 * 1024
/** A token without its catalog is small, and decoded on the main thread. */
const MAX_CALLER_TOKEN_BODY_BYTES = 64 * 1024
const MAX_INVOICES_BODY_BYTES = 32 * 1024 * 1024

/** Opens all accounts, the default one first; null where there is none. Nothing is sent yet. */
export function openCatalystAccounts(
  settings: readonly CatalystSettings[],
  options: UpstreamOptions,
): OpenCatalystAccounts | null {
  const opened = settings.map(one => {
    const { billing, ...rest } = openCatalyst(one, options)
    return { account: { cloud: one.cloud ?? null, projectId: configuredProjectId(one), billing }, ...rest }
  })
  const [first, ...others] = opened
  if (!first) return null
  const accounts = new CatalystAccounts([first.account, ...others.map(({ account }) => account)])
  const close = async (): Promise<void> => {
    await Promise.all(opened.map(one => one.close()))
  }
  return { accounts, tokens: first.tokens, close }
}

/** Opens one account, which shares no token and no connection with any other. Nothing is sent yet. */
export function openCatalyst(
  settings: CatalystSettings,
  { clock, cache: caching, decoders, maxRetryAfterMs }: UpstreamOptions,
): OpenAccount {
  const { cloud, credential, currency, taxRate, taxRounding, ca } = settings
  const authUrl = new URL(settings.authUrl)
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
  // Separate connections: callers that send many tokens do not keep the gateway itself from Keystone.
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
  const connect = (origin: string): UpstreamHttp =>
    new UpstreamHttp({
      upstream: 'catalyst',
      cloud,
      origin,
      deadlineMs: settings.deadlineMs,
      maxBodyBytes: MAX_INVOICES_BODY_BYTES,
      clock,
      retry: createRetryPolicy(),
      maxRetryAfterMs,
      ca,
    })
  const endpoints = new RatingEndpoints({ ...settings, overrides: settings.endpoints })
  const cache = createResponseCache(`catalyst ${nameServers(settings)}`, JSON.stringify(credential), caching, clock)
  const client = new CatalystClient({ keystone, endpoints, connect, clock, cache, decoders, cloud })
  const mapping = { currency, taxRate, taxRounding }
  const ranges = new InvoiceRanges({ client, driver: settings.driver, clock })
  const months = new InvoiceMonths({ client, ranges, settings: mapping, cache, decoders, clock })
  const health = () => [keystoneHttp.health(), ...client.health()]
  return {
    billing: new CatalystBilling({ client, ranges, months, settings: mapping, health, clock }),
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

/** The project that a credential names by its id. */
function configuredProjectId({ credential }: CatalystSettings): string | null {
  if (credential.method === 'application_credential' || credential.project === null) return null
  return 'id' in credential.project ? credential.project.id : null
}

/**
 * The same text for accounts that the same servers answer. Another Keystone may have another project of the same id, and
 * another choice of regions adds up to another invoice: cache entries must not pass from one to the other.
 */
function nameServers({ authUrl, serviceType, interface: face, regions, endpoints }: CatalystSettings): string {
  const parts = JSON.stringify([authUrl, serviceType, face, regions, [...endpoints]])
  return createHash('sha256').update(parts).digest('base64url').slice(0, 16)
}
