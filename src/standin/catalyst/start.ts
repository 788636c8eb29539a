import { type StandInServer, startServer } from '../server.js'
import { printCatalog } from './catalog.js'
import { type CatalystData, credentialsOf, type DemoCredentials, type Driver } from './data.js'
import { createDemo } from './demo-data.js'
import { createDistil } from './distil.js'
import { createInvoiceCache, NO_CACHE } from './invoice-cache.js'
import { createKeystone } from './keystone.js'
import { createTokenCheck } from './token-check.js'
import { createTokenStore } from './tokens.js'

/** How to start a stand-in of Catalyst Cloud. */
export interface CatalystStandInOptions {
  /** Of the demo data and the tokens; 1 by default. */
  readonly seed?: number
  /** What the servers take for the time, in UTC; the machine's by default. */
  readonly clock?: () => Date
  /** `odoo` by default. */
  readonly driver?: Driver
  /** What there is, or what there is whenever it is asked for. The demo, which moves on with `clock`, by default. */
  readonly data?: CatalystData | (() => CatalystData)
  /** 0, the default, takes any free port. */
  readonly keystonePort?: number
  /** Region → port of its rating server; 0, the default, takes any free one. */
  readonly regionPorts?: Readonly<Record<string, number>>
  /** Loopback by default. */
  readonly host?: string
  /** 3600 by default. */
  readonly tokenLifeSeconds?: number
  /** How long a rating server goes by what Keystone once said of a token; 300 by default, 0 to ask each time. */
  readonly tokenMemorySeconds?: number
  /** Health reports the last project of the data set as behind. Off by default. */
  readonly isDegraded?: boolean
  /** The odoo driver's ten-minute memory, which mixes up detailed and summary answers. Off by default. */
  readonly cacheDetailedMixUp?: boolean
}

/** A Keystone and a rating server per region, running. */
export interface CatalystStandIn extends AsyncDisposable {
  /** Keystone's, with `/v3` at the end. */
  readonly authUrl: string
  readonly keystone: StandInServer
  /** Region → its rating server. */
  readonly regions: Readonly<Record<string, StandInServer>>
  /** What all rating servers have answered, region by region: `GET /v2/invoices`. */
  readonly requests: readonly string[]
  /** Of the first user of the data set. */
  readonly credentials: DemoCredentials
  /** Ends every token issued so far at once: the rating servers answer 401, without the delay of their memory. */
  revokeTokens(): void
  close(): Promise<void>
}

/**
 * Starts Keystone and the rating server of each region of the data set. With Keystone closed, the rating servers
 * go on with the tokens they have seen and answer 503 to others.
 *
 * @throws RangeError when the data set has no user, or no project for it
 */
export async function startCatalyst(options: CatalystStandInOptions = {}): Promise<CatalystStandIn> {
  const { seed = 1, clock = () => new Date(), driver = 'odoo', host = '127.0.0.1', regionPorts = {} } = options
  const data = createSource(options, seed, clock)
  const { regions: regionNames } = data()
  const credentials = credentialsOf(data())
  const tokens = createTokenStore({ seed, lifeSeconds: options.tokenLifeSeconds ?? 3600, clock })
  let isKeystoneDown = false
  const regions: Record<string, StandInServer> = {}
  const url = () => `${keystone.url}/v3`
  const catalog = () =>
    printCatalog(
      url(),
      Object.entries(regions).map(([region, server]) => ({ region, rating: `${server.url}/` })),
    )

  const keystone = await startServer(createKeystone({ data, tokens, url, catalog, seed }), {
    port: options.keystonePort ?? 0,
    host,
  })
  const closeKeystone = keystone.close
  keystone.close = () => {
    isKeystoneDown = true
    return closeKeystone()
  }
  keystone[Symbol.asyncDispose] = () => keystone.close()
  const close = async (): Promise<void> => {
    await Promise.all([keystone, ...Object.values(regions)].map(server => server.close()))
  }
  try {
    for (const region of regionNames) {
      const checkToken = createTokenCheck({
        tokens,
        keystoneUrl: url,
        isKeystoneDown: () => isKeystoneDown,
        clock,
        memorySeconds: options.tokenMemorySeconds ?? 300,
      })
      const cache = options.cacheDetailedMixUp ? createInvoiceCache(clock) : NO_CACHE
      const handler = createDistil({ region, driver, data, clock, checkToken, cache })
      regions[region] = await startServer(handler, { port: regionPorts[region] ?? 0, host })
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    authUrl: url(),
    keystone,
    regions,
    get requests() {
      return Object.values(regions).flatMap(({ requests }) => requests)
    },
    credentials,
    revokeTokens: () => tokens.revokeAll(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function createSource({ data, isDegraded }: CatalystStandInOptions, seed: number, clock: () => Date) {
  const source = typeof data === 'function' ? data : data ? () => data : createDemo({ seed, clock })
  if (!isDegraded) return source
  return (): CatalystData => ({ ...source(), lateProjects: source().projects.slice(-1) })
}
