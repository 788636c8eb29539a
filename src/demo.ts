import type { SystemSettings } from './billing-systems.js'
import { parseDecimal } from './domain/decimal.js'
import { startCatalyst } from './standin/catalyst/start.js'
import { startThreescale } from './standin/threescale/start.js'
import type { Clock } from './upstream/clock.js'

/** Both stand-ins, running, and how the gateway reaches them. */
export interface Demo {
  readonly systems: SystemSettings
  close(): Promise<void>
}

const DEADLINE_MS = 15_000

/** Starts both stand-ins on loopback, with invented figures. */
export async function startDemo(clock: Clock): Promise<Demo> {
  const [catalyst, threescale] = await Promise.all([startCatalyst({ clock }), startThreescale({ clock })])
  const { username, password, userDomainName, projectId } = catalyst.credentials
  return {
    systems: {
      catalyst: {
        authUrl: catalyst.authUrl,
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
        deadlineMs: DEADLINE_MS,
      },
      threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: DEADLINE_MS },
    },
    close: async () => {
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}
