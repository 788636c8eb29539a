import { parseRegistry } from './config/customers-file.js'
import type { CustomerRegistry } from './domain/customer-registry.js'
import { parseDecimal } from './domain/decimal.js'
import type { Clock } from './request/clock.js'
import { type CatalystStandIn, startCatalyst } from './standin/catalyst/start.js'
import { DEMO_REGISTRY } from './standin/demo-registry.js'
import { startThreescale } from './standin/threescale/start.js'
import type { SystemSettings } from './upstream/billing-systems.js'
import type { CatalystSettings } from './upstream/catalyst/open.js'

/** The running stand-ins and the settings that reach them. */
export interface Demo {
  readonly systems: Omit<SystemSettings, 'cache'>
  readonly registry: CustomerRegistry
  close(): Promise<void>
}

const DEADLINE_MS = 15_000

/** Starts the stand-ins of both upstreams on loopback, with invented figures. */
export async function startDemo(clock: Clock): Promise<Demo> {
  const [catalyst, threescale] = await Promise.all([startCatalyst({ clock }), startThreescale({ clock })])
  const { url, accessToken } = threescale
  return {
    systems: { catalyst: [settingsForStandIn(catalyst)], threescale: { url, accessToken, deadlineMs: DEADLINE_MS } },
    registry: readDemoRegistry(),
    close: async () => {
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}

function readDemoRegistry(): CustomerRegistry {
  return parseRegistry(DEMO_REGISTRY, problem => {
    throw new TypeError(`the demo's registry is wrong: ${problem}`)
  })
}

/** Settings that reach a Catalyst stand-in as its demo user. */
export function settingsForStandIn({ authUrl, credentials }: CatalystStandIn): CatalystSettings {
  const { username, password, userDomainName, projectId } = credentials
  return {
    authUrl,
    credential: {
      method: 'password',
      user: { name: username, domain: { name: userDomainName } },
      password,
      project: { id: projectId },
    },
    serviceType: 'ratingv2',
    interface: 'public',
    regions: null,
    preferredRegion: null,
    endpoints: new Map(),
    driver: null,
    currency: 'NZD',
    taxRate: parseDecimal('0.15'),
    taxRounding: 'HALF_EVEN',
    deadlineMs: DEADLINE_MS,
  }
}
