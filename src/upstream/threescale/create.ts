import type { Clock } from '../../request/clock.js'
import { createResponseCache, type ResponseCacheSettings } from '../cache/cache-settings.js'
import { createRetryPolicy } from '../http/retry.js'
import { UpstreamHttp } from '../http/upstream-http.js'
import { ThreescaleBilling } from './billing.js'
import { ThreescaleClient } from './client.js'

/** All that the gateway is told about one 3scale tenant. */
export interface ThreescaleSettings {
  /** The tenant's admin portal: `https://acme-admin.example.com`. */
  readonly url: string
  /** Secret. */
  readonly accessToken: string
  readonly deadlineMs: number
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string | undefined
}

/** A page of a hundred invoices with many lines each stays below. */
const MAX_BODY_BYTES = 8 * 1024 * 1024

/** A read that has taken this much of its time is asked once more beside, now and then. */
const SLOW_PART = 1 / 3

/** Wires up one tenant. Nothing is asked yet. */
export function createThreescaleBilling(
  { url, accessToken, deadlineMs, ca }: ThreescaleSettings,
  { clock, cache: caching }: { readonly clock: Clock; readonly cache: ResponseCacheSettings },
): { readonly billing: ThreescaleBilling; close(): Promise<void> } {
  const { origin, pathname } = new URL(url)
  const http = new UpstreamHttp({
    upstream: 'threescale',
    origin,
    deadlineMs,
    maxBodyBytes: MAX_BODY_BYTES,
    clock,
    retry: createRetryPolicy(deadlineMs * SLOW_PART),
    ca,
  })
  const basePath = pathname.replace(/\/+$/, '')
  const cache = createResponseCache(`threescale ${origin}${basePath}`, accessToken, caching, clock)
  const client = new ThreescaleClient({ http, basePath, accessToken, cache })
  return { billing: new ThreescaleBilling(client), close: () => http[Symbol.asyncDispose]() }
}
