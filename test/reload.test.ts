import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeApiKey } from '../src/access/api-key.js'
import type { CallerSettings } from '../src/access/caller-settings.js'
import { hashOf } from '../src/access/key-hash.js'
import { ConfigError, type GatewayConfig, readGatewayConfig } from '../src/config/gateway-config.js'
import { settingsForStandIn } from '../src/demo.js'
import { type CustomerRegistry, EMPTY_REGISTRY } from '../src/domain/customer-registry.js'
import { createSchema } from '../src/graph/schema/schema.js'
import { CurrentRegistry } from '../src/loaders/customers/current-registry.js'
import { reload } from '../src/reload.js'
import { type App, createApp } from '../src/server/app.js'
import { Authenticator } from '../src/server/authentication/authenticator.js'
import { type CatalystStandIn, startCatalyst } from '../src/standin/catalyst/start.js'
import type { AccessToken } from '../src/standin/threescale/authentication.js'
import { startThreescale, type ThreescaleStandIn } from '../src/standin/threescale/start.js'
import type { SystemSettings } from '../src/upstream/billing-systems.js'
import { NO_CACHE } from '../src/upstream/cache/cache-settings.js'
import { CurrentSystems } from '../src/upstream/current-systems.js'
import { clock, PLAIN } from './gateway.js'

const token = (value: string): AccessToken => ({ value, scopes: ['finance', 'account_management'], permission: 'ro' })

const CLAIM = { prefix: 'a', match: 'SEGMENT', projectId: null, from: null, until: null, except: [] } as const

const QUERY = JSON.stringify({ query: '{ invoices(first: 3) { unavailable nodes { id } } }' })

let catalyst: CatalystStandIn
let threescale: ThreescaleStandIn
let systems: CurrentSystems
let registry: CurrentRegistry
let authenticator: Authenticator
let app: App
let url: string
/** What the configuration reader returns next. */
let configured: { systems: SystemSettings; callers: CallerSettings; registry?: CustomerRegistry | null } | ConfigError
const log: string[] = []
const logger = pino({ level: 'info' }, { write: line => log.push(line) })

beforeEach(async () => {
  log.length = 0
  catalyst = await startCatalyst({ clock })
  threescale = await startThreescale({ clock, tokens: [token('token-0'), token('token-1')] })
  configured = { systems: systemsWith('token-0'), callers: 'open' }
  registry = new CurrentRegistry()
  systems = new CurrentSystems(configured.systems, clock)
  authenticator = new Authenticator('open', { tokens: () => systems.tokens, clock })
  const { authenticate } = authenticator
  const schema = await createSchema()
  const settings = PLAIN
  app = await createApp({
    schema,
    systems,
    registry,
    isDemo: false,
    writes: null,
    isProduction: false,
    settings,
    clock,
    logger,
    authenticate,
  })
  url = await app.listen('127.0.0.1', 0)
})
afterEach(async () => {
  await app.close()
  await systems.close()
  await authenticator[Symbol.asyncDispose]()
  await Promise.all([catalyst.close(), threescale.close()])
})

function systemsWith(accessToken: string): SystemSettings {
  return {
    catalyst: [settingsForStandIn(catalyst)],
    cache: NO_CACHE,
    threescale: { url: threescale.url, accessToken, deadlineMs: 10_000 },
  }
}

function read(): GatewayConfig {
  if (configured instanceof ConfigError) throw configured
  return { ...readGatewayConfig({}, String), isDemo: false, ...configured }
}

const reloadNow = () =>
  reload({ read, systems, rates: null, registry, authenticator, settled: () => app.settled(), logger })

async function ask(headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly text: string }> {
  const all = { 'content-type': 'application/json', ...headers }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: all, body: QUERY })
  return { status: response.status, text: await response.text() }
}

/** Access tokens of the requests to 3scale from now on. */
function spyOnTokens(): string[] {
  const seen: string[] = []
  threescale.intercept = ({ headers }) => {
    const [, encoded = ''] = (headers.authorization ?? '').split(' ')
    seen.push(Buffer.from(encoded, 'base64').toString('utf8').replace(/^:|:$/g, ''))
    return undefined
  }
  return seen
}

describe('reload', () => {
  it('uses new secrets from the next request on, without failing a request under load', async () => {
    const seen = spyOnTokens()
    const expected = (await ask()).text
    let isOver = false
    const answers: string[] = []
    const keepAsking = async (): Promise<void> => {
      while (!isOver) answers.push((await ask()).text)
    }
    const load = Array.from({ length: 8 }, keepAsking)
    for (let times = 1; times <= 8; times++) {
      configured = { systems: systemsWith(`token-${times % 2}`), callers: 'open' }
      // Some requests have been answered since the last reload, and more are in flight.
      const enough = answers.length + 8
      while (answers.length < enough) await ask()
      reloadNow()
    }
    isOver = true
    await Promise.all(load)

    expect(answers.length).toBeGreaterThanOrEqual(64)
    expect(answers.filter(text => text !== expected)).toEqual([])
    expect(new Set(seen)).toEqual(new Set(['token-0', 'token-1']))
  })

  it('lets in-flight requests finish with the old secret, and then closes their connections', async () => {
    const held = Promise.withResolvers<undefined>()
    const arrived = Promise.withResolvers<void>()
    threescale.intercept = () => {
      arrived.resolve()
      return held.promise
    }
    const before = ask()
    await arrived.promise
    const old = systems.threescale
    configured = { systems: systemsWith('token-1'), callers: 'open' }
    reloadNow()
    expect(systems.threescale).not.toBe(old)

    const seen = spyOnTokens()
    expect((await ask()).status).toBe(200)
    expect(new Set(seen)).toEqual(new Set(['token-1']))
    held.resolve(undefined)
    expect(JSON.parse((await before).text)).toMatchObject({ data: { invoices: { unavailable: [] } } })
    await app.settled()
    await expect(old?.ping()).rejects.toThrow()
    expect(log.join('')).not.toContain('token-')
  })

  it('keeps the connections when the secrets are the same', () => {
    const { catalyst: cloud, threescale: api } = systems
    configured = { systems: systemsWith('token-0'), callers: 'open' }
    reloadNow()
    expect(systems.catalyst).toBe(cloud)
    expect(systems.threescale).toBe(api)
  })

  it('keeps the old settings when the new ones are wrong, and logs the problems', async () => {
    configured = new ConfigError(['THREESCALE_ACCESS_TOKEN_FILE names a file that cannot be read'])
    const { threescale: api } = systems
    reloadNow()
    expect(systems.threescale).toBe(api)
    expect((await ask()).status).toBe(200)
    expect(log.map(line => JSON.parse(line)).find(({ level }) => level === 50)).toMatchObject({
      problems: ['THREESCALE_ACCESS_TOKEN_FILE names a file that cannot be read'],
    })
  })

  it('keeps the old settings and goes on when reading them fails otherwise', async () => {
    const fail = (): never => {
      throw new TypeError('canary-kea-4711')
    }
    reload({ read: fail, systems, rates: null, registry, authenticator, settled: () => app.settled(), logger })

    expect((await ask()).status).toBe(200)
    expect(log.join('')).toContain('not reloaded')
    expect(log.join('')).not.toContain('canary-kea-4711')
  })

  it('uses a new customer registry from the next request on, and keeps the old one when the new one is wrong', async () => {
    const customer = { key: 'a', name: 'A', claims: [CLAIM] as const, buyers: [] }
    const withCustomer = { ...EMPTY_REGISTRY, customers: [customer] }
    configured = { systems: systemsWith('token-0'), callers: 'open', registry: withCustomer }
    reloadNow()
    expect(registry.value).toBe(withCustomer)

    configured = new ConfigError([
      'CUSTOMERS_FILE names "c.yaml": one problem',
      'CUSTOMERS_FILE names "c.yaml": another',
    ])
    reloadNow()
    expect(registry.value).toBe(withCustomer)
    expect(log.map(line => JSON.parse(line)).find(({ level }) => level === 50)).toMatchObject({
      problems: ['CUSTOMERS_FILE names "c.yaml": one problem', 'CUSTOMERS_FILE names "c.yaml": another'],
    })

    configured = { systems: systemsWith('token-0'), callers: 'open', registry: null }
    reloadNow()
    expect(registry.value).toEqual(EMPTY_REGISTRY)
  })

  it('accepts new keys and refuses the old ones', async () => {
    const [first, second] = [makeApiKey(), makeApiKey()]
    const callersWith = (key: typeof first): CallerSettings => {
      const stored = { id: key.id, sha256: hashOf(key), createdAt: clock().toISOString(), validUntil: null }
      const rights = {
        scopes: ['admin' as const],
        projects: '*' as const,
        prefixes: '*' as const,
        buyers: '*' as const,
      }
      const keys = { version: 1 as const, holders: [{ name: 'a', ...rights, keys: [stored] }] }
      return { jwt: null, keystone: null, keys }
    }
    const statuses = async () => [
      (await ask({ 'x-api-key': first.text })).status,
      (await ask({ 'x-api-key': second.text })).status,
    ]
    for (const [key, expected] of [
      [first, [200, 401]],
      [second, [401, 200]],
    ] as const) {
      configured = { systems: systemsWith('token-0'), callers: callersWith(key) }
      reloadNow()
      expect(await statuses()).toEqual(expected)
    }
  })
})
