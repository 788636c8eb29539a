import type { Clock } from '../../request/clock.js'
import { createResponseCache, type ResponseCacheSettings } from '../cache/cache-settings.js'
import { ResponseCache } from '../cache/response-cache.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import { createRetryPolicy } from '../http/retry.js'
import { UpstreamHttp } from '../http/upstream-http.js'
import { ThreescaleBilling } from './billing.js'
import { ThreescaleClient } from './client.js'
import { ThreescaleWrites } from './writes.js'

/** Settings of one 3scale tenant. */
export interface ThreescaleSettings {
  /** The tenant's admin portal: `https://acme-admin.example.com`. */
  readonly url: string
  /** Secret. */
  readonly accessToken: string
  readonly deadlineMs: number
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** More than a page of a hundred invoices with many lines each. */
const MAX_BODY_BYTES = 8 * 1024 * 1024

/** What the tenant's client shares with other upstreams. */
export interface ThreescaleOptions {
  readonly clock: Clock
  readonly decoders: DecodePool
  /** Longest pause that a `Retry-After` is granted. */
  readonly maxRetryAfterMs?: number | undefined
  readonly cache: ResponseCacheSettings
}

/** Wires up one tenant. Sends no request. */
export function createThreescaleBilling(
  { url, accessToken, deadlineMs, ca }: ThreescaleSettings,
  { clock, decoders, cache: caching, maxRetryAfterMs }: ThreescaleOptions,
): { readonly billing: ThreescaleBilling; readonly writes: ThreescaleWrites; close(): Promise<void> } {
  const { origin, pathname } = new URL(url)
  const http = new UpstreamHttp({
    upstream: 'threescale',
    origin,
    deadlineMs,
    maxBodyBytes: MAX_BODY_BYTES,
    clock,
    retry: createRetryPolicy(),
    maxRetryAfterMs,
    ca,
  })
  const basePath = pathname.replace(/\/+$/, '')
  const cache = createResponseCache(`threescale ${origin}${basePath}`, accessToken, caching, clock)
  const uncached = new ResponseCache({ ttls: null, store: null, clock, random: Math.random })
  const client = new ThreescaleClient({ http, basePath, accessToken, decoders, cache, uncached })
  const writes = new ThreescaleWrites({ client, origin, ca, basePath, accessToken, deadlineMs })
  return { billing: new ThreescaleBilling(client), writes, close: () => http[Symbol.asyncDispose]() }
}
