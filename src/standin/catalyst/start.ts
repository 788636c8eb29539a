import { type StandInServer, startServer } from '../server.js'
import { printCatalog } from './catalog.js'
import { type CatalystData, credentialsOf, type DemoCredentials, type Driver } from './data.js'
import { createDemo } from './demo-data.js'
import { createDistil } from './distil.js'
import { createInvoiceCache, NO_CACHE } from './invoice-cache.js'
import { createKeystone } from './keystone.js'
import { createTokenCheck } from './token-check.js'
import { createTokenStore } from './tokens.js'

/** Options of the stand-in for Catalyst Cloud. */
export interface CatalystStandInOptions {
  /** Seed of the demo data and the tokens. Default: 1. */
  readonly seed?: number
  /** Clock of the servers, in UTC. Default: the machine's. */
  readonly clock?: () => Date
  /** Default: `odoo`. */
  readonly driver?: Driver
  /** Data set, or a function that returns the current one. Default: the demo, which advances with `clock`. */
  readonly data?: CatalystData | (() => CatalystData)
  /** 0, the default, picks a free port. */
  readonly keystonePort?: number
  /** Region → port of its rating server; 0, the default, picks a free port. */
  readonly regionPorts?: Readonly<Record<string, number>>
  /** Default: loopback. */
  readonly host?: string
  /** Default: 3600. */
  readonly tokenLifeSeconds?: number
  /** How long a rating server caches a token check. Default: 300; 0 checks every request with Keystone. */
  readonly tokenMemorySeconds?: number
  /** Whether the health check reports the last project of the data set as late. Default: false. */
  readonly isDegraded?: boolean
  /** Whether the odoo driver caches for ten minutes and mixes up detailed and summary responses. Default: false. */
  readonly cacheDetailedMixUp?: boolean
}

/** Running Keystone, and a running rating server per region. */
export interface CatalystStandIn extends AsyncDisposable {
  /** URL of Keystone, with `/v3` at the end. */
  readonly authUrl: string
  readonly keystone: StandInServer
  /** Region → its rating server. */
  readonly regions: Readonly<Record<string, StandInServer>>
  /** Requests received by all rating servers, region by region: `GET /v2/invoices`. */
  readonly requests: readonly string[]
  /** Credentials of the first user of the data set. */
  readonly credentials: DemoCredentials
  /** Revokes all tokens issued so far. The rating servers respond 401 at once, in spite of their caches. */
  revokeTokens(): void
  close(): Promise<void>
}

/**
 * Starts Keystone and the rating server of each region of the data set. While Keystone is closed, the rating servers
 * accept cached tokens and respond 503 to others.
 *
 * @throws RangeError when the data set has no user, or no project of this user
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
