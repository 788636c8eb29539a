import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type GraphQLFormattedError, type GraphQLSchema, print } from 'graphql'
import { pino } from 'pino'
import { FULL_ACCESS } from '../src/access/full-access.js'
import { settingsForStandIn } from '../src/demo.js'
import { createSchema } from '../src/graph/schema/schema.js'
import type { CurrentRegistry } from '../src/loaders/customers/current-registry.js'
import type { Clock } from '../src/request/clock.js'
import type { LoopDelay } from '../src/server/admission/admission.js'
import { DEFAULT_ADMISSION } from '../src/server/admission/admission-settings.js'
import { createApp } from '../src/server/app.js'
import type { Authenticate } from '../src/server/authentication/authenticator.js'
import type { PersistedQueryStore } from '../src/server/graphql/persisted-query-store.js'
import { DEFAULT_DRAIN, type ServerSettings } from '../src/server/settings.js'
import { type CatalystStandIn, startCatalyst } from '../src/standin/catalyst/start.js'
import { startThreescale, type ThreescaleStandIn } from '../src/standin/threescale/start.js'
import { openBillingSystems, type SystemSettings } from '../src/upstream/billing-systems.js'
import { type CacheSettings, NO_CACHE } from '../src/upstream/cache/cache-settings.js'
import type { CatalystSettings } from '../src/upstream/catalyst/open.js'
import type { ThreescaleWrites } from '../src/upstream/threescale/writes.js'
import { openWrites } from '../src/writes/open-writes.js'
import { DEFAULT_WRITE_RULES } from '../src/writes/writer.js'

/** A GraphQL response as a client sees it. */
export interface GraphqlAnswer<T> {
  readonly status: number
  readonly data?: T | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** A running gateway. */
export interface TestGateway extends AsyncDisposable {
  readonly url: string
  /** Every log line so far. */
  readonly log: string[]
  ask<T, V>(document: TypedDocumentNode<T, V>, variables?: V): Promise<GraphqlAnswer<T>>
  askText(query: string, variables?: object): Promise<GraphqlAnswer<Record<string, unknown>>>
}

/** The current time in every test. */
export const TODAY = new Date('2026-11-22T02:00:00Z')
export const clock: Clock = () => TODAY

/** Settings of a test gateway: one Catalyst account, several, or none. */
export type GatewaySettings = Omit<SystemSettings, 'catalyst' | 'cache'> & {
  /** No cache by default, because most tests count upstream requests. */
  readonly cache?: CacheSettings
  readonly catalyst: CatalystSettings | readonly CatalystSettings[] | null
}

/** Server settings that differ from the defaults, and injected dependencies. */
export type ServerUnderTest = Partial<ServerSettings> & {
  /** Full access for every caller by default. */
  readonly authenticate?: Authenticate
  /** A store that the test can inspect. */
  readonly persistedQueryStore?: PersistedQueryStore
  readonly schema?: GraphQLSchema
  /** Without customers by default. */
  readonly registry?: CurrentRegistry
  readonly clock?: Clock
  /** The folder of a built dashboard; none is served by default. */
  readonly dashboardFolder?: string
  /** Any free port by default. */
  readonly port?: number
  /** None unless given: no test depends on how busy the machine is. */
  readonly loopDelay?: LoopDelay
  /** A file for the journal of writes, or `:memory:`; writes are disabled by default. */
  readonly journal?: string
}

/** As the program is when nothing is configured. */
export const PLAIN: ServerSettings = {
  hasIntrospection: true,
  hasPersistedQueries: true,
  trustedDocuments: null,
  cors: null,
  hasCompression: true,
  hasExplorer: true,
  hasDashboard: true,
  keepsAnswers: false,
  admission: DEFAULT_ADMISSION,
  drain: { ...DEFAULT_DRAIN, delayMs: 0 },
  trustedProxies: [],
}

/** Starts a gateway on a free port. */
export async function startGateway(
  settings: GatewaySettings,
  isProduction = false,
  {
    persistedQueryStore,
    loopDelay = { ms: 0, [Symbol.dispose]: () => {} },
    schema,
    registry,
    authenticate = async () => FULL_ACCESS,
    clock: now = clock,
    port = 0,
    journal,
    dashboardFolder,
    ...server
  }: ServerUnderTest = {},
): Promise<TestGateway> {
  const log: string[] = []
  const logger = pino({ level: 'debug' }, { write: line => log.push(line) })
  const systems = openBillingSystems({ cache: NO_CACHE, ...settings, catalyst: [settings.catalyst ?? []].flat() }, now)
  const threescale = (): ThreescaleWrites => systems.threescaleWrites as ThreescaleWrites
  const rules = DEFAULT_WRITE_RULES
  const writes =
    journal === undefined
      ? null
      : openWrites({ journal, rules, onChargeSafetyFactor: 3, threescale, clock: now, log: () => {} })
  const app = await createApp({
    schema: schema ?? (await createSchema()),
    systems,
    writes,
    isDemo: false,
    isProduction,
    settings: {
      ...PLAIN,
      hasIntrospection: !isProduction,
      hasExplorer: !isProduction,
      keepsAnswers: (settings.cache ?? NO_CACHE).ttls !== null,
      ...server,
    },
    ...(registry && { registry }),
    ...(dashboardFolder && { dashboardFolder }),
    ...(persistedQueryStore && { persistedQueryStore }),
    loopDelay,
    clock: now,
    logger,
    authenticate,
  })
  const url = await app.listen('127.0.0.1', port)
  const askText = async <T>(query: string, variables: object = {}): Promise<GraphqlAnswer<T>> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer<T>, 'status'>) }
  }
  return {
    url,
    log,
    askText,
    ask: (document, variables) => askText(print(document), variables ?? {}),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      await writes?.close()
      await systems.close()
    },
  }
}

/** Both stand-ins and a gateway that reads from them. */
export interface TestSetup extends AsyncDisposable {
  readonly catalyst: CatalystStandIn
  readonly threescale: ThreescaleStandIn
  readonly gateway: TestGateway
}

/** Upstream settings for both stand-ins. */
export function settingsOf({ catalyst, threescale }: Pick<TestSetup, 'catalyst' | 'threescale'>) {
  const { url, accessToken } = threescale
  return { catalyst: settingsForStandIn(catalyst), threescale: { url, accessToken, deadlineMs: 10_000 } }
}

/** Starts both stand-ins with the demo's data, and a gateway. */
export async function startTestSetup(
  options: {
    readonly catalyst?: Parameters<typeof startCatalyst>[0]
    readonly settings?: Partial<CatalystSettings>
    readonly cache?: CacheSettings
    readonly server?: ServerUnderTest
    /** Clock of the gateway. The stand-ins' stays fixed. */
    readonly clock?: Clock
  } = {},
): Promise<TestSetup> {
  const catalyst = await startCatalyst({ clock, ...options.catalyst })
  const threescale = await startThreescale({ clock })
  const settings = settingsOf({ catalyst, threescale })
  const gateway = await startGateway(
    { ...settings, catalyst: { ...settings.catalyst, ...options.settings }, cache: options.cache ?? NO_CACHE },
    false,
    { clock: options.clock ?? clock, ...options.server },
  )
  return {
    catalyst,
    threescale,
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}
