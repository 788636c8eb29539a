import type { GraphQLSchema } from 'graphql'
import { settingsForStandIn } from '../../src/demo.js'
import { createSchema } from '../../src/graph/schema/schema.js'
import { Authenticator } from '../../src/server/authentication/authenticator.js'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { DEFAULT_TTLS } from '../../src/upstream/cache/ttl.js'
import type { CatalystSettings } from '../../src/upstream/catalyst/create.js'
import { startGateway, TODAY } from '../gateway.js'
import { markedCloud, OWN_PROJECTS } from './marked-projects.js'
import { markedTenant } from './marked-tenant.js'
import { keyFileOf, type RequestContext } from './principals.js'

/** An answer as it came. */
export interface HouseAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** A gateway that knows its callers by their keys, before a tenant and a cloud in which everything is marked. */
export interface House extends AsyncDisposable {
  /** The one that is served. */
  readonly schema: GraphQLSchema
  readonly catalyst: CatalystStandIn
  readonly threescale: ThreescaleStandIn
  /** Moves on everybody's clock: what is kept grows old. */
  advance(ms: number): void
  /** Asks with that credential, by HTTP. */
  ask(token: string, question: { readonly query: string; readonly variables: object }): Promise<HouseAnswer>
}

/** Starts all three. */
export async function startHouse(callers: readonly RequestContext[]): Promise<House> {
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
    cache: { lives: DEFAULT_TTLS, url: null },
  }
  const servers = [threescale, catalyst.keystone, ...Object.values(catalyst.regions)]
  const schema = await createSchema()
  const { authenticate } = authenticator
  const gateway = await startGateway(settings, false, { authenticate, schema, clock })
  return {
    schema,
    catalyst,
    threescale,
    advance: ms => {
      now = new Date(now.getTime() + ms)
      // Nobody reads them here, and a long walk would keep millions.
      for (const lines of [gateway.log, ...servers.map(({ requests }) => requests)]) lines.length = 0
    },
    ask: async (token, question) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-encoding': 'identity',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify(question),
      })
      return { status: response.status, body: (await response.json()) as HouseAnswer['body'] }
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
