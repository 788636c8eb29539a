import { createClient } from '@keyv/redis'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addMonths, monthAt } from '../../src/domain/period.js'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type BuiltProgram, buildProgram, type Environment, type GatewayProcess, startBuilt } from '../built-program.js'
import { largeTenant } from '../large-upstreams.js'
import { hasRedis, startRedis } from '../redis.js'
import { wideTenant } from '../wide-tenant.js'
import { catalystSettings } from './catalyst-settings.js'

const NOW = new Date()
/** For tests that start programs or print large pages, on a busy machine. */
const LIMIT_MS = 300_000
let program: BuiltProgram
let gateway: GatewayProcess | null = null
const opened: { close(): Promise<void> }[] = []

beforeAll(async () => {
  program = await buildProgram()
})
afterEach(async () => {
  gateway?.child.kill('SIGKILL')
  gateway = null
  for (const one of opened.splice(0)) await one.close()
})

async function threescaleOf(options: Parameters<typeof startThreescale>[0]): Promise<ThreescaleStandIn> {
  const standIn = await startThreescale(options)
  opened.push(standIn)
  return standIn
}

async function start(environment: Environment): Promise<GatewayProcess> {
  gateway = await startBuilt(program, environment)
  return gateway
}

function settingsOf({ url, accessToken }: ThreescaleStandIn): Environment {
  return { THREESCALE_URL: url, THREESCALE_ACCESS_TOKEN: accessToken }
}

/** The query of an invoice by its native id. */
function invoiceQuery(id: number | string): string {
  return `{ invoice(id: "threescale:invoice:${id}") { nativeId total { net { amount } } } }`
}

/** A tenant of so many invoices with so many lines, whose descriptions are as long as in practice. */
function wordyTenant(invoices: number, lines: number) {
  const tenant = largeTenant(invoices, lines, NOW)
  const description =
    'Requests to the products API in the month, by the terms of the contract, above what is included in the plan. '.repeat(
      2,
    )
  const wordy = tenant.invoices.map(invoice => ({
    ...invoice,
    lineItems: invoice.lineItems.map(line => ({ ...line, description })),
  }))
  return { ...tenant, invoices: wordy }
}

const CIRCUITS = '{ sources { source circuit } }'

describe.skipIf(!hasRedis)('an entry of the shared store that was changed', { timeout: LIMIT_MS }, () => {
  it('is a miss in every replica, with one warning, and the upstream is called', async () => {
    await using redis = await startRedis()
    const threescale = await threescaleOf({ clock: () => NOW, data: wideTenant({ now: NOW, buyers: 5, invoices: 20 }) })
    const environment = { ...settingsOf(threescale), CACHE_URL: redis.url }
    const first = await start(environment)
    await using closing = new AsyncDisposableStack()
    const client = await createClient({ url: redis.url }).connect()
    closing.defer(() => client.destroy())
    const stored = async () => (await client.keys('billgraph:threescale-invoices:*')).map(String)
    // On a busy machine a write can take longer than it is waited for: then another invoice is tried.
    let id = 1_000
    let key = ''
    await expect
      .poll(
        async () => {
          await first.ask(invoiceQuery(++id))
          for (const one of await stored()) {
            if (String(await client.get(one)).includes(`/api/invoices/${id}.xml`)) key = one
          }
          return key
        },
        { timeout: 30_000 },
      )
      .not.toBe('')
    const right = await first.ask(invoiceQuery(id))
    expect(right.errors).toBeUndefined()
    await first.end()

    const written = String(await client.get(key))
    expect(written).toContain('<cost>1.5</cost>')
    for (const changed of ['garbage', written.replaceAll('<cost>1.5<', '<cost>0.5<')]) {
      let warnings = 0
      // A store that is late on a busy machine is a miss without a warning: another replica finds the entry in time.
      for (let replicas = 0; warnings === 0 && replicas < 8; replicas++) {
        await client.set(key, changed, { expiration: 'KEEPTTL' })
        const replica = await start(environment)
        // The first read finds the store still connecting.
        await replica.ask(invoiceQuery(1_019))
        threescale.requests.length = 0
        expect(await replica.ask(invoiceQuery(id))).toEqual(right)
        await replica.ask(invoiceQuery(id))
        expect(threescale.requests.filter(path => path.includes(`/${id}.xml`))).toHaveLength(1)
        await replica.end()
        warnings = replica.output().split('was changed in the shared store').length - 1
      }
      expect(warnings).toBe(1)
    }
  })
})

describe('3scale', { timeout: LIMIT_MS }, () => {
  it('with invoices of 250 lines each gives the newest five, and its circuit stays closed', async () => {
    const threescale = await threescaleOf({ clock: () => NOW, data: wordyTenant(110, 250) })
    const { ask } = await start({ ...settingsOf(threescale), CACHE: 'off' })
    const query = '{ invoices(filter: { source: THREESCALE }, first: 5) { nodes { nativeId } totalCount } }'
    const first = await ask(query)
    expect(first.errors).toBeUndefined()
    expect(first.data?.invoices).toMatchObject({ totalCount: 110, nodes: { length: 5 } })
    expect(threescale.requests.length).toBeGreaterThan(1)
    // The whole page is not requested again for a while.
    const calls = threescale.requests.length
    expect(await ask(query)).toEqual(first)
    expect(threescale.requests.length - calls).toBeLessThan(calls)
    // The gateway may still be busy with the pages, and shed load.
    const sources = async () => (await ask(CIRCUITS)).data?.sources ?? []
    await expect.poll(sources).toContainEqual({ source: 'THREESCALE', circuit: 'CLOSED' })
  })

  it('that takes a third of the deadline for each answer has no request fail in the queue of the gateway', async () => {
    const threescale = await threescaleOf({ clock: () => NOW, data: wideTenant({ now: NOW, buyers: 5, invoices: 60 }) })
    const { ask } = await start({ ...settingsOf(threescale), THREESCALE_DEADLINE_MS: '6000', CACHE: 'off' })
    threescale.intercept = () => new Promise(resolve => setTimeout(resolve, 2_000, undefined))
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(invoiceQuery(1_000 + index))))

    const errors = answers.flatMap(({ errors: found = [] }) => found.map(({ extensions }) => extensions))
    expect(answers.filter(({ errors: found }) => !found).length).toBeGreaterThanOrEqual(12)
    // 16 connections, and the first responses come before half of the deadline is over.
    for (const extensions of errors) {
      expect(extensions).toMatchObject({ code: 'OVERLOADED', retryable: true, retryAfter: 3 })
    }
    expect(errors.length).toBeGreaterThan(0)
    threescale.intercept = undefined
    expect((await ask(invoiceQuery(1_059))).errors).toBeUndefined()
    expect((await ask(CIRCUITS)).data?.sources).toContainEqual(expect.objectContaining({ circuit: 'CLOSED' }))
  })

  it('that fails for five ids again and again answers the others', async () => {
    const threescale = await threescaleOf({ clock: () => NOW, data: wideTenant({ now: NOW, buyers: 5, invoices: 60 }) })
    const { ask } = await start({ ...settingsOf(threescale), CACHE: 'off' })
    threescale.intercept = ({ path }) => (/100[0-3]\.xml$/.test(path) ? { status: 500 } : undefined)
    for (let round = 0; round < 10; round++) {
      for (const id of [1_000, 1_001, 1_002, 1_003]) expect((await ask(invoiceQuery(id))).errors).toHaveLength(1)
    }
    expect((await ask(invoiceQuery(1_010))).errors).toBeUndefined()
  })

  it('that asks for a pause of eleven days is called again after the longest pause', async () => {
    const threescale = await threescaleOf({ clock: () => NOW, data: wideTenant({ now: NOW, buyers: 5, invoices: 60 }) })
    const { ask } = await start({ ...settingsOf(threescale), CACHE: 'off' })
    threescale.intercept = () => ({ status: 503, headers: { 'retry-after': '999999' } })
    const refused = await ask(invoiceQuery(1_000))
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
    threescale.intercept = undefined
    const [told] = (await ask(invoiceQuery(1_001))).errors ?? []
    expect(Number(told?.extensions?.retryAfter)).toBeLessThanOrEqual(60)
    expect((await ask(CIRCUITS)).data?.sources).toContainEqual(expect.objectContaining({ circuit: 'OPEN' }))
  })
})

describe('Catalyst Cloud', { timeout: LIMIT_MS }, () => {
  let catalyst: CatalystStandIn
  beforeEach(async () => {
    catalyst = await startCatalyst()
    opened.push(catalyst)
  })

  it('that stops responding while a range is read in halves leaves the invoices that were read with their lines', async () => {
    const [from, failing, to] = [addMonths(monthAt(NOW), -8), addMonths(monthAt(NOW), -2), addMonths(monthAt(NOW), -1)]
    const { ask } = await start({ ...catalystSettings(catalyst), CATALYST_DRIVER: 'odoo', CACHE: 'off' })
    let isStopped = false
    for (const server of Object.values(catalyst.regions)) {
      server.intercept = ({ path, query }) => {
        if (!path.startsWith('/v2/invoices')) return undefined
        if (isStopped) return { status: 503, headers: { 'retry-after': '30' } }
        if (query.get('detailed') !== 'True') return undefined
        const isFailing = String(query.get('start')) <= `${failing}-01` && `${failing}-28` <= String(query.get('end'))
        isStopped = !isFailing
        return isFailing
          ? {
              status: 500,
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ error_code: 500, error_message: 'x' }),
            }
          : undefined
      }
    }
    const { data, errors } = await ask(
      `{ invoices(filter: { source: CATALYST, from: "${from}", to: "${to}" }, first: 50) {
        nodes { period { month } lineItems(first: 1) { totalCount } } } }`,
    )
    expect(errors).toBeUndefined()
    const { nodes = [] } = (data?.invoices ?? {}) as {
      nodes?: { period: { month: string }; lineItems: object | null }[]
    }
    const monthsWith = (hasLines: boolean) =>
      nodes.flatMap(one => ((one.lineItems !== null) === hasLines ? one.period.month : []))
    expect(monthsWith(true)).toContain(from)
    expect(monthsWith(false)).toContain(failing)
    expect(isStopped).toBe(true)
  })

  it('with tokens of a minute, by a clock two hours behind, has one sign-in for forty requests', async () => {
    catalyst.keystone.intercept = undefined
    const { ask, end } = await start({ ...catalystSettings(catalyst), CACHE: 'off' })
    const issued: string[] = []
    catalyst.keystone.intercept = request => {
      if (request.method !== 'POST') return undefined
      issued.push('token')
      const at = (seconds: number) => new Date(Date.now() - 7_200_000 + seconds * 1000).toISOString()
      return {
        status: 201,
        headers: { 'Content-Type': 'application/json', 'X-Subject-Token': `token-${issued.length}` },
        body: JSON.stringify({
          token: {
            methods: ['password'],
            issued_at: at(0),
            expires_at: at(60),
            project: { id: catalyst.credentials.projectId, name: catalyst.credentials.projectName },
            roles: [{ name: '_member_' }],
            catalog: Object.entries(catalyst.regions).map(([region, { url }]) => ({
              type: 'ratingv2',
              endpoints: [{ interface: 'public', region_id: region, url }],
            })),
          },
        }),
      }
    }
    for (const server of Object.values(catalyst.regions)) server.intercept = () => ({ status: 404, body: '{}' })
    const month = (index: number) => addMonths('2022-01', index)
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        ask(`{ customerCost(prefix: "a", month: "${month(index)}") { prefix } }`),
      ),
    )
    for (let index = 0; index < 10; index++)
      await ask(`{ customerCost(prefix: "b", month: "${month(index)}") { prefix } }`)
    expect(issued).toHaveLength(1)
    await end()
    expect(catalyst.keystone.requests.filter(request => request.startsWith('DELETE'))).toHaveLength(1)
  })
})
