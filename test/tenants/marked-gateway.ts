import type { GraphQLSchema } from 'graphql'
import { settingsForStandIn } from '../../src/demo.js'
import { createSchema } from '../../src/graph/schema/schema.js'
import { CurrentRegistry } from '../../src/loaders/customers/current-registry.js'
import { Authenticator } from '../../src/server/authentication/authenticator.js'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { DEFAULT_TTLS } from '../../src/upstream/cache/ttl.js'
import type { CatalystSettings } from '../../src/upstream/catalyst/open.js'
import { startGateway, TODAY } from '../gateway.js'
import { markedCloud, OWN_PROJECTS } from './marked-projects.js'
import { MARKED_REGISTRY } from './marked-registry.js'
import { markedTenant } from './marked-tenant.js'
import { keyFileOf, type RequestContext } from './principals.js'

/** A response of the gateway. */
export interface GatewayResponse {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** A gateway that authenticates by API keys, with stand-ins whose data carries owner tags. */
export interface MarkedGateway extends AsyncDisposable {
  /** The gateway's schema. */
  readonly schema: GraphQLSchema
  readonly catalyst: CatalystStandIn
  readonly threescale: ThreescaleStandIn
  /** Number of upstream calls since the clock was advanced. */
  calls(): number
  /** Advances the clock of gateway and stand-ins, so that cache entries age. */
  advance(ms: number): void
  /** Sends a GraphQL request with that API key. */
  send(token: string, request: { readonly query: string; readonly variables: object }): Promise<GatewayResponse>
}

/** Starts the stand-ins and the gateway. With writes nothing is cached, so that each upstream call belongs to the request that is sent. */
export async function startMarkedGateway(
  callers: readonly RequestContext[],
  { hasWrites = false } = {},
): Promise<MarkedGateway> {
  let now = TODAY
  const clock = (): Date => now
  const catalyst = await startCatalyst({ clock, data: markedCloud() })
  const threescale = await startThreescale({ clock, data: markedTenant() })
  const authenticator = new Authenticator(
    { jwt: null, keystone: null, keys: keyFileOf(callers) },
    { tokens: () => null, clock },
  )
  const { url, accessToken } = threescale
  const settings = {
    catalyst: OWN_PROJECTS.map(project => accountOf(catalyst, project)),
    threescale: { url, accessToken, deadlineMs: 10_000 },
    cache: { ttls: hasWrites ? null : DEFAULT_TTLS, url: null },
  }
  const servers = [threescale, catalyst.keystone, ...Object.values(catalyst.regions)]
  const schema = await createSchema()
  const { authenticate } = authenticator
  const gateway = await startGateway(settings, false, {
    authenticate,
    schema,
    clock,
    registry: new CurrentRegistry(MARKED_REGISTRY),
    ...(hasWrites && { journal: ':memory:' }),
  })
  return {
    schema,
    catalyst,
    threescale,
    calls: () => servers.reduce((sum, { requests }) => sum + requests.length, 0),
    advance: ms => {
      now = new Date(now.getTime() + ms)
      // The logs are not used here, and would hold millions of lines after a long run.
      for (const lines of [gateway.log, ...servers.map(({ requests }) => requests)]) lines.length = 0
    },
    send: async (token, request) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-encoding': 'identity',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify(request),
      })
      return { status: response.status, body: (await response.json()) as GatewayResponse['body'] }
    },
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      await authenticator[Symbol.asyncDispose]()
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}

function accountOf(catalyst: CatalystStandIn, project: number): CatalystSettings {
  return {
    ...settingsForStandIn(catalyst),
    cloud: `account-${project}`,
    credential: {
      method: 'password',
      user: { name: `una-${project}`, domain: { name: 'Default' } },
      password: `secret-${project}`,
      project: { id: `pj${project}` },
    },
    driver: 'odoo',
  }
}
