import type { CallerChecks, CallerSettings } from '../../../src/access/caller-settings.js'
import type { Principal } from '../../../src/access/principal.js'
import { settingsForStandIn } from '../../../src/demo.js'
import { type Authenticate, Authenticator } from '../../../src/server/authentication/authenticator.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { openBillingSystems } from '../../../src/upstream/billing-systems.js'
import { NO_CACHE } from '../../../src/upstream/cache/cache-settings.js'
import { type ServerUnderTest, startGateway, type TestGateway, TODAY } from '../../gateway.js'

/** A gateway with authentication, its authenticator and its stand-in upstreams. */
export interface AuthenticatedGateway extends AsyncDisposable {
  readonly catalyst: CatalystStandIn
  readonly threescale: ThreescaleStandIn
  readonly gateway: TestGateway
  readonly authenticator: Authenticator
  /** Advances the clock of the authenticator and of Keystone. */
  advance(ms: number): void
  /** Sends a query for invoices of both systems with these headers. */
  ask(headers: Readonly<Record<string, string>>): Promise<ReceivedResponse>
  /** The number of requests to all upstreams. */
  upstreamCalls(): number
  /** The last caller that was authenticated. */
  readonly lastPrincipal: Principal | null
}

export interface ReceivedResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export const NO_METHODS: CallerChecks = { jwt: null, keys: null, keystone: null }

export const QUERY = JSON.stringify({ query: '{ invoices(first: 1) { totalCount } }' })

/** Starts both stand-in upstreams and a gateway with the settings. */
export async function startAuthenticatedGateway(
  settings: CallerSettings,
  options: ServerUnderTest = {},
): Promise<AuthenticatedGateway> {
  let now = TODAY
  const clock = () => now
  const catalyst = await startCatalyst({ clock })
  const threescale = await startThreescale({ clock: () => TODAY })
  const systems = {
    catalyst: [settingsForStandIn(catalyst)],
    cache: NO_CACHE,
    threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 10_000 },
  }
  const opened = openBillingSystems(systems, clock)
  const authenticator = new Authenticator(settings, { tokens: () => opened.tokens, clock })
  let lastPrincipal: Principal | null = null
  const authenticate: Authenticate = async headers => {
    lastPrincipal = await authenticator.authenticate(headers)
    return lastPrincipal
  }
  const gateway = await startGateway(systems, false, { ...options, authenticate })
  return {
    catalyst,
    threescale,
    gateway,
    authenticator,
    advance: ms => {
      now = new Date(now.getTime() + ms)
    },
    ask: async headers => {
      const all = { 'content-type': 'application/json', ...headers }
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: all, body: QUERY })
      return { status: response.status, headers: response.headers, text: await response.text() }
    },
    upstreamCalls: () => catalyst.requests.length + catalyst.keystone.requests.length + threescale.requests.length,
    get lastPrincipal() {
      return lastPrincipal
    },
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      await authenticator[Symbol.asyncDispose]()
      await opened.close()
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}

/** The reasons of failed authentications in a log. */
export function reasonsIn(log: readonly string[]): readonly string[] {
  return log.flatMap(line => (JSON.parse(line) as { reason?: string }).reason ?? [])
}

/** The errors of a response without the request id. */
export function withoutId(text: string): unknown {
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: Record<string, unknown> }[] }
  return errors.map(({ message, extensions: { requestId: _, ...rest } }) => ({ message, ...rest }))
}

/** The errors of every response to a request that is not authenticated. */
export const REFUSAL = [
  {
    message: 'The request has no valid credential. Send one API key or access token that this graph accepts.',
    code: 'UNAUTHENTICATED',
  },
]
