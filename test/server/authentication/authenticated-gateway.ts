import type { CallerChecks, CallerSettings } from '../../../src/access/caller-settings.js'
import type { Principal } from '../../../src/access/principal.js'
import { settingsForStandIn } from '../../../src/demo.js'
import { type Authenticate, Authenticator } from '../../../src/server/authentication/authenticator.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { openBillingSystems } from '../../../src/upstream/billing-systems.js'
import { NO_CACHE } from '../../../src/upstream/cache/cache-settings.js'
import { type ServerUnderTest, startGateway, type TestGateway, TODAY } from '../../gateway.js'

/** A gateway that takes not everybody, and all that stands behind it. */
export interface Guarded extends AsyncDisposable {
  readonly catalyst: CatalystStandIn
  readonly threescale: ThreescaleStandIn
  readonly gateway: TestGateway
  readonly authenticator: Authenticator
  /** Moves on the clock of callers' credentials, and of Keystone. */
  advance(ms: number): void
  /** Asks for bills of both systems, with these headers. */
  ask(headers: Readonly<Record<string, string>>): Promise<GuardedAnswer>
  /** How often anything behind the graph was asked. */
  upstreamCalls(): number
  /** The last caller who was let in. */
  readonly lastPrincipal: Principal | null
}

export interface GuardedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export const NO_WAY: CallerChecks = { jwt: null, keys: null, keystone: null }

export const QUERY = JSON.stringify({ query: '{ invoices(first: 1) { totalCount } }' })

/** Starts both stand-ins and a gateway that goes by the settings. */
export async function startGuarded(settings: CallerSettings, server: ServerUnderTest = {}): Promise<Guarded> {
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
  const gateway = await startGateway(systems, false, { ...server, authenticate })
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

/** The reasons for which callers were refused, as the log has them. */
export function reasonsIn(log: readonly string[]): readonly string[] {
  return log.flatMap(line => (JSON.parse(line) as { reason?: string }).reason ?? [])
}

/** What every refused caller is told, save the request's id. */
export function withoutId(text: string): unknown {
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: Record<string, unknown> }[] }
  return errors.map(({ message, extensions: { requestId: _, ...rest } }) => ({ message, ...rest }))
}

/** What every one of them is told. */
export const REFUSAL = [
  { message: 'The request carries no credential that this graph knows.', code: 'UNAUTHENTICATED' },
]
