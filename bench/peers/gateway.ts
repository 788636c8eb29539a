import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeApiKey } from '../../src/access/api-key.js'
import { hashOf } from '../../src/access/key-hash.js'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import type { StandInServer } from '../../src/standin/server.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import type { BuiltProgram } from '../../test/built-program.js'
import { BUYERS, createCloud, createTenant, PROJECTS } from './data.js'
import { type Server, startServer } from './servers.js'

/** The highest rate limit: the load is one caller. */
const NO_RATE_LIMIT = '999999999'

/** The key of the one caller. */
export const API_KEY = makeApiKey()

/** The stand-ins that the static bodies come from. Keystone also issues the tokens of the measured gateway. */
export interface StandIns extends AsyncDisposable {
  readonly threescale: ThreescaleStandIn
  readonly catalyst: CatalystStandIn
  readonly rating: StandInServer
}

/** Starts the stand-ins with the data of all cases. */
export async function startStandIns(now: Date): Promise<StandIns> {
  const clock = () => now
  const threescale = await startThreescale({ clock, data: createTenant(Object.values(BUYERS), now) })
  const catalyst = await startCatalyst({ clock: () => new Date(), data: createCloud(Object.values(PROJECTS), now) })
  const [rating] = Object.values(catalyst.regions)
  if (!rating) throw new RangeError('the demo has no region')
  return {
    threescale,
    catalyst,
    rating,
    [Symbol.asyncDispose]: async () => {
      await threescale.close()
      await catalyst.close()
    },
  }
}

/**
 * Starts the built gateway with an API key, limits, and a log at info.
 *
 * @param upstream URL in place of both upstreams but Keystone; the stand-ins without it
 */
export function startGateway(
  { dist }: BuiltProgram,
  folder: string,
  standIns: StandIns,
  upstream: string | null,
  settings: Readonly<Record<string, string>>,
): Promise<Server> {
  const environment = gatewayEnvironment(folder, standIns, upstream, settings)
  return startServer('Billgraph', () => ({ command: [process.execPath, join(dist, 'main.js')], environment }))
}

/** Environment of the gateway. Writes its key file into the folder. */
export function gatewayEnvironment(
  folder: string,
  { threescale, catalyst, rating }: StandIns,
  upstream: string | null,
  settings: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { id } = API_KEY
  const key = { id, sha256: hashOf(API_KEY), createdAt: new Date().toISOString(), validUntil: null }
  const scopes = ['billing:read', 'costs:read']
  const holder = { name: 'bench', scopes, projects: '*', prefixes: '*', buyers: '*', keys: [key] }
  const keyFile = join(folder, 'keys.json')
  writeFileSync(keyFile, JSON.stringify({ version: 1, holders: [holder] }))
  const [region = ''] = Object.keys(catalyst.regions)
  const { applicationCredentialId, applicationCredentialSecret } = catalyst.credentials
  return {
    AUTH: 'keys',
    AUTH_KEYS_FILE: keyFile,
    LOG_LEVEL: 'info',
    RATE_LIMIT_COST_PER_MINUTE: NO_RATE_LIMIT,
    RATE_LIMIT_BURST: NO_RATE_LIMIT,
    THREESCALE_URL: upstream ?? threescale.url,
    THREESCALE_ACCESS_TOKEN: threescale.accessToken,
    OS_AUTH_URL: catalyst.authUrl,
    OS_APPLICATION_CREDENTIAL_ID: applicationCredentialId,
    OS_APPLICATION_CREDENTIAL_SECRET: applicationCredentialSecret,
    CATALYST_DRIVER: 'odoo',
    CATALYST_REGIONS: region,
    CATALYST_ENDPOINTS: `${region}=${upstream ?? rating.url}`,
    ...settings,
  }
}
