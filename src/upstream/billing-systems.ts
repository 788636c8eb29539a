import type { Clock } from '../request/clock.js'
import type { CacheSettings } from './cache/cache-settings.js'
import { openRedisStore } from './cache/redis-store.js'
import type { CatalystAccounts } from './catalyst/accounts.js'
import { type CatalystSettings, openCatalystAccounts } from './catalyst/open.js'
import { DecodePool } from './decoding/worker-pool.js'
import type { TokenInspector } from './keystone/token-inspector.js'
import type { ThreescaleBilling } from './threescale/billing.js'
import { createThreescaleBilling, type ThreescaleSettings } from './threescale/create.js'
import type { ThreescaleWrites } from './threescale/writes.js'

/** The billing systems that are configured; null where one is not. */
export interface BillingSystems {
  readonly catalyst: CatalystAccounts | null
  readonly threescale: ThreescaleBilling | null
}

/** The configuration of all billing systems, and how their responses are cached. */
export interface SystemSettings {
  /** One or more accounts, the default one first; none where Catalyst is not configured. */
  readonly catalyst: readonly CatalystSettings[]
  /** Null where it is not configured. */
  readonly threescale: ThreescaleSettings | null
  readonly cache: CacheSettings
  /** Longest pause that an upstream's `Retry-After` is granted; 60 seconds unless given. */
  readonly maxRetryAfterMs?: number | undefined
}

/** The billing systems, opened once for the process, with their connections. */
export interface OpenBillingSystems extends BillingSystems {
  /** Looks up callers' tokens at Keystone; null without Catalyst Cloud. */
  readonly tokens: TokenInspector | null
  /** Writes to 3scale; null where it is not configured. */
  readonly threescaleWrites: ThreescaleWrites | null
  /** Closes all connections. */
  close(): Promise<void>
}

/** Opens what is configured. Nothing is sent yet. @param warn takes a warning for the log */
export function openBillingSystems(
  settings: SystemSettings,
  clock: Clock,
  warn?: (message: string) => void,
): OpenBillingSystems {
  const { ttls, url, timeoutMs } = settings.cache
  const store = url === null ? null : openRedisStore(url, clock, timeoutMs)
  const decoders = new DecodePool()
  const options = { clock, cache: { ttls, store, warn }, decoders, maxRetryAfterMs: settings.maxRetryAfterMs }
  const catalyst = openCatalystAccounts(settings.catalyst, options)
  const threescale = settings.threescale && createThreescaleBilling(settings.threescale, options)
  return {
    catalyst: catalyst?.accounts ?? null,
    threescale: threescale?.billing ?? null,
    tokens: catalyst?.tokens ?? null,
    threescaleWrites: threescale?.writes ?? null,
    close: async () => {
      await Promise.all([catalyst?.close(), threescale?.close(), store?.entries.disconnect()])
      await decoders[Symbol.asyncDispose]()
    },
  }
}
