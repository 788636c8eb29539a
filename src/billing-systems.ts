import { Keyv } from 'keyv'
import type { BillingSystems } from './loaders/loaders.js'
import type { CatalystSettings } from './upstream/catalyst/create.js'
import { createCatalystAccounts } from './upstream/catalyst/create-accounts.js'
import type { TokenInspector } from './upstream/catalyst/token-inspector.js'
import type { Clock } from './upstream/clock.js'
import { createThreescaleBilling, type ThreescaleSettings } from './upstream/threescale/create.js'

/** Which systems there are, and how they are spoken to. */
export interface SystemSettings {
  /** One or more accounts, the default one first; none where Catalyst is not configured. */
  readonly catalyst: readonly CatalystSettings[]
  /** Null where it is not configured. */
  readonly threescale: ThreescaleSettings | null
}

/** The systems, built once for the process, with their connections. */
export interface OpenBillingSystems extends BillingSystems {
  /** What Keystone says of callers' tokens; null without Catalyst Cloud. */
  readonly tokens: TokenInspector | null
  /** Cuts all connections. */
  close(): Promise<void>
}

/** Wires up what is configured. Nothing is asked yet. */
export function openBillingSystems({ catalyst, threescale }: SystemSettings, clock: Clock): OpenBillingSystems {
  const store = new Keyv<string>()
  const cloud = createCatalystAccounts(catalyst, { clock, store })
  const api = threescale && createThreescaleBilling(threescale, { clock })
  return {
    catalyst: cloud?.accounts ?? null,
    threescale: api?.billing ?? null,
    tokens: cloud?.tokens ?? null,
    close: async () => {
      await Promise.all([cloud?.close(), api?.close(), store.disconnect()])
    },
  }
}
