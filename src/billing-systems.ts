import { Keyv } from 'keyv'
import type { BillingSystems } from './loaders/loaders.js'
import { type CatalystSettings, createCatalystBilling } from './upstream/catalyst/create.js'
import type { TokenInspector } from './upstream/catalyst/token-inspector.js'
import type { Clock } from './upstream/clock.js'
import { createThreescaleBilling, type ThreescaleSettings } from './upstream/threescale/create.js'

/** Which systems there are, and how they are spoken to; null where one is not configured. */
export interface SystemSettings {
  readonly catalyst: CatalystSettings | null
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
  const cloud = catalyst && createCatalystBilling(catalyst, { clock, store })
  const api = threescale && createThreescaleBilling(threescale, { clock })
  return {
    catalyst: cloud?.billing ?? null,
    threescale: api?.billing ?? null,
    tokens: cloud?.tokens ?? null,
    close: async () => {
      await Promise.all([cloud?.close(), api?.close(), store.disconnect()])
    },
  }
}
