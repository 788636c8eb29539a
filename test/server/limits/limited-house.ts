import type { GraphQLFormattedError } from 'graphql'
import { pino } from 'pino'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import { type LimitSettings, STANDARD_LIMITS } from '../../../src/access/limit.js'
import { settingsForStandIn } from '../../../src/demo.js'
import { createSchema } from '../../../src/graph/schema/schema.js'
import type { Clock } from '../../../src/request/clock.js'
import { createApp } from '../../../src/server/app.js'
import type { Authenticate } from '../../../src/server/authentication/authenticator.js'
import type { LimitCounter } from '../../../src/server/limits/limit-count.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { openBillingSystems } from '../../../src/upstream/billing-systems.js'
import { NO_CACHE } from '../../../src/upstream/cache/cache-settings.js'
import { PLAIN, clock as today } from '../../gateway.js'

/** An answer, with its bytes. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly bytes: number
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly GraphQLFormattedError[]
}

/** A gateway with limits, in production unless told otherwise, before both stand-ins. */
export interface LimitedHouse extends AsyncDisposable {
  readonly url: string
  readonly log: readonly string[]
  readonly counts: LimitCounter
  /** What upstreams were asked, since the last call. */
  upstreamCalls(): readonly string[]
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>
}

/** Starts one. */
export async function startLimitedHouse(
  options: {
    readonly limits?: LimitSettings
    readonly clock?: Clock
    readonly isProduction?: boolean
    readonly authenticate?: Authenticate
  } = {},
): Promise<LimitedHouse> {
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
    settings: { ...PLAIN, hasIntrospection: !isProduction },
    isProduction,
    limits,
    clock,
    logger,
    authenticate,
  })
  const url = await app.listen('127.0.0.1', 0)
  const post: LimitedHouse['post'] = async (body, given = {}) => {
    const headers = { 'content-type': 'application/json', ...given }
    return read(await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) }))
  }
  const all = () => [...catalyst.keystone.requests, ...catalyst.requests, ...threescale.requests]
  let seen = 0
  return {
    url,
    log,
    counts: app.limitCounts,
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

/** Reads an answer whole. */
export async function read(response: Response): Promise<RawAnswer> {
  const text = await response.text()
  const { status, headers } = response
  const { data, errors = [] } = JSON.parse(text) as Partial<Pick<RawAnswer, 'data' | 'errors'>>
  return { status, headers, text, bytes: Buffer.byteLength(text), data, errors }
}
