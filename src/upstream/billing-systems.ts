import type { Clock } from '../request/clock.js'
import type { CacheSettings } from './cache/cache-settings.js'
import { openSharedStore } from './cache/redis-store.js'
import type { CatalystAccounts } from './catalyst/accounts.js'
import type { CatalystSettings } from './catalyst/create.js'
import { createCatalystAccounts } from './catalyst/create-accounts.js'
import { DecodePool } from './decoding/worker-pool.js'
import type { TokenInspector } from './keystone/token-inspector.js'
import type { ThreescaleBilling } from './threescale/billing.js'
import { createThreescaleBilling, type ThreescaleSettings } from './threescale/create.js'

/** The systems that are configured; null where one is not. */
export interface BillingSystems {
  readonly catalyst: CatalystAccounts | null
  readonly threescale: ThreescaleBilling | null
}

/** Which systems there are, how they are spoken to, and how their answers are kept. */
export interface SystemSettings {
  /** One or more accounts, the default one first; none where Catalyst is not configured. */
  readonly catalyst: readonly CatalystSettings[]
  /** Null where it is not configured. */
  readonly threescale: ThreescaleSettings | null
  readonly cache: CacheSettings
  /** Longest pause that an upstream's `Retry-After` is granted; 60 seconds unless given. */
  readonly maxRetryAfterMs?: number | undefined
}

/** The systems, built once for the process, with their connections. */
export interface OpenBillingSystems extends BillingSystems {
  /** What Keystone says of callers' tokens; null without Catalyst Cloud. */
  readonly tokens: TokenInspector | null
  /** Cuts all connections. */
  close(): Promise<void>
}

/** Wires up what is configured. Nothing is asked yet. */
export function openBillingSystems(
  { catalyst, threescale, cache, maxRetryAfterMs }: SystemSettings,
  clock: Clock,
): OpenBillingSystems {
  const store = cache.url === null ? null : openSharedStore(cache.url, clock, cache.timeoutMs)
  const keeping = cache.lives && { lives: cache.lives, store }
  const decoders = new DecodePool()
  const cloud = createCatalystAccounts(catalyst, { clock, decoders, store, keeping, maxRetryAfterMs })
  const api = threescale && createThreescaleBilling(threescale, { clock, decoders, keeping, maxRetryAfterMs })
  return {
    catalyst: cloud?.accounts ?? null,
    threescale: api?.billing ?? null,
    tokens: cloud?.tokens ?? null,
    close: async () => {
      await Promise.all([cloud?.close(), api?.close(), store?.disconnect()])
      await decoders[Symbol.asyncDispose]()
    },
  }
}
