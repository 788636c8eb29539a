import type { GraphQLFormattedError } from 'graphql'
import { pino } from 'pino'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { LIMIT_NAMES, type LimitSettings, STANDARD_LIMITS } from '../../../src/access/limit.js'
import { settingsForStandIn } from '../../../src/demo.js'
import { createSchema } from '../../../src/graph/schema/schema.js'
import type { Clock } from '../../../src/request/clock.js'
import { createApp } from '../../../src/server/app.js'
import type { Authenticate } from '../../../src/server/authentication/authenticator.js'
import type { CountedLimit, LimitCount } from '../../../src/server/limits/limit-policy.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { openBillingSystems } from '../../../src/upstream/billing-systems.js'
import { NO_CACHE } from '../../../src/upstream/cache/cache-settings.js'
import { PLAIN, clock as today } from '../../gateway.js'

/** A response and the size of its body. */
export interface RawResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly bytes: number
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly GraphQLFormattedError[]
}

/** A gateway with limits, in production mode by default, in front of both stand-in servers. */
export interface LimitedGateway extends AsyncDisposable {
  readonly url: string
  readonly log: readonly string[]
  /** The limits that were exceeded, and how often. */
  limitCounts(): readonly (LimitCount & { readonly limit: CountedLimit })[]
  /** The requests to upstreams since the last call of this function. */
  upstreamCalls(): readonly string[]
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<RawResponse>
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<RawResponse>
}

/** Starts a gateway with limits. */
export async function startLimitedGateway(
  options: {
    readonly limits?: LimitSettings
    readonly clock?: Clock
    readonly isProduction?: boolean
    readonly authenticate?: Authenticate
  } = {},
): Promise<LimitedGateway> {
  const {
    limits = STANDARD_LIMITS,
    clock = today,
    isProduction = true,
    authenticate = async () => FULL_ACCESS,
  } = options
  const catalyst = await startCatalyst({ clock })
  const threescale = await startThreescale({ clock })
  const { url: threescaleUrl, accessToken } = threescale
  const settings = {
    cache: NO_CACHE,
    catalyst: [settingsForStandIn(catalyst)],
    threescale: { url: threescaleUrl, accessToken, deadlineMs: 10_000 },
  }
  const systems = openBillingSystems(settings, clock)
  const log: string[] = []
  const logger = pino({ level: 'debug' }, { write: line => log.push(line) })
  const schema = await createSchema()
  const app = await createApp({
    schema,
    systems,
    isDemo: false,
    writes: null,
    settings: { ...PLAIN, hasIntrospection: !isProduction, hasExplorer: !isProduction },
    isProduction,
    limits,
    clock,
    logger,
    authenticate,
  })
  const url = await app.listen('127.0.0.1', 0)
  const post: LimitedGateway['post'] = async (body, given = {}) => {
    const headers = { 'content-type': 'application/json', ...given }
    return read(await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) }))
  }
  const all = () => [...catalyst.keystone.requests, ...catalyst.requests, ...threescale.requests]
  let seen = 0
  return {
    url,
    log,
    limitCounts: () =>
      ([...LIMIT_NAMES, 'RATE_LIMIT_COST_PER_MINUTE'] as const)
        .map(limit => ({ limit, ...app.limits.countOf(limit) }))
        .filter(({ refused, wouldHaveRefused }) => refused + wouldHaveRefused > 0),
    upstreamCalls: () => {
      const calls = all().slice(seen)
      seen += calls.length
      return calls
    },
    post,
    ask: (query, variables = {}, headers = {}) => post({ query, variables }, headers),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      await systems.close()
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}

/** Reads a whole response. */
export async function read(response: Response): Promise<RawResponse> {
  const text = await response.text()
  const { status, headers } = response
  const { data, errors = [] } = JSON.parse(text) as Partial<Pick<RawResponse, 'data' | 'errors'>>
  return { status, headers, text, bytes: Buffer.byteLength(text), data, errors }
}
