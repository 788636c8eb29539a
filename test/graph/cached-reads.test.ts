import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../src/access/principal.js'
import type { Authenticate } from '../../src/server/authentication/authenticator.js'
import { DEFAULT_TTLS } from '../../src/upstream/cache/ttl.js'
import { settingsOf, startGateway, startTestSetup, type TestSetup, TODAY } from '../gateway.js'

const CACHE = { ttls: DEFAULT_TTLS, url: null }
const COST = '{ customerCost(prefix: "customer-wcc", month: "2017-07") { asOf stale total { net { amount } } } }'
const BILLS = `{ invoices(first: 20) { unavailable nodes { id asOf stale total { net { amount } } lineItems { nodes { name } } } } }`
const HOUR = 3_600_000

let now = TODAY
let setup: TestSetup

beforeEach(async () => {
  now = TODAY
  setup = await startTestSetup({ cache: CACHE, clock: () => now })
})
afterEach(() => setup[Symbol.asyncDispose]())

function nodesOf<T>(connection: unknown): readonly T[] {
  return (connection as { readonly nodes: readonly T[] }).nodes
}

function pass(ms: number): void {
  now = new Date(now.getTime() + ms)
}

function bills(): number {
  return setup.catalyst.requests.filter(request => request.startsWith('GET /v2/invoices')).length
}

describe('concurrent requests', () => {
  it('share one upstream call when a thousand are equal', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => setup.gateway.askText(COST)))

    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.data).toMatchObject({ customerCost: { stale: false, total: { net: { amount: '81.69' } } } })
    expect(bills()).toBe(1)
    expect(setup.catalyst.keystone.requests).toHaveLength(1)
  })

  it('share one call to each system when they list both', async () => {
    await Promise.all(Array.from({ length: 100 }, () => setup.gateway.askText(BILLS)))

    expect(bills()).toBe(1)
    expect(setup.threescale.requests).toEqual(['GET /api/invoices.xml'])
  })
})

describe('principals whose rights differ', () => {
  it('share cached reads but no responses: each sees its own invoices only', async () => {
    const buyers = await setup.gateway.askText('{ buyers(first: 10) { nodes { nativeId source } } }')
    const ids = nodesOf<{ nativeId: string; source: string }>(buyers.data?.buyers)
      .filter(({ source }) => source === 'THREESCALE')
      .map(({ nativeId }) => nativeId)
    expect(ids.length).toBeGreaterThan(3)
    const principalOf = (buyer: string): Principal => ({
      id: `buyer ${buyer}`,
      scopes: new Set(['billing:read']),
      grants: { projects: new Set(), prefixes: new Set(), buyers: new Set([buyer]) },
    })
    const authenticate: Authenticate = async headers => principalOf(String(headers['x-buyer']))
    await using gateway = await startGateway({ ...settingsOf(setup), cache: CACHE }, false, { authenticate })
    setup.threescale.requests.length = 0
    const query = '{ invoices(filter: { source: THREESCALE }, first: 100) { nodes { buyer { nativeId } } } }'
    const answers = await Promise.all(
      ids.map(async buyer => {
        const headers = { 'content-type': 'application/json', 'x-buyer': buyer }
        const response = await fetch(`${gateway.url}/graphql`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ query }),
        })
        return (await response.json()) as { data: { invoices: { nodes: { buyer: { nativeId: string } }[] } } }
      }),
    )
    for (const [index, { data }] of answers.entries()) {
      expect(new Set(data.invoices.nodes.map(({ buyer }) => buyer.nativeId))).toEqual(new Set([ids[index]]))
    }
    expect(setup.threescale.requests.length).toBeLessThanOrEqual(ids.length)
  })
})

describe('with both upstreams dead', () => {
  it('cached values are returned, marked stale with their age', async () => {
    const [cost, seen] = [await setup.gateway.askText(COST), await setup.gateway.askText(BILLS)]
    await Promise.all([setup.threescale.close(), setup.catalyst.close()])
    pass(HOUR / 2)

    const [costLater, later] = [await setup.gateway.askText(COST), await setup.gateway.askText(BILLS)]

    expect([costLater.errors, later.errors]).toEqual([undefined, undefined])
    expect(JSON.parse(JSON.stringify(costLater.data).replace('"stale":true', '"stale":false'))).toEqual(cost.data)
    expect(JSON.stringify(later.data).replaceAll('"stale":true', '"stale":false')).toBe(JSON.stringify(seen.data))
    expect(JSON.stringify(later.data)).toContain('"stale":true')
  })

  it('an error is returned once the stale-if-error time has passed', async () => {
    await setup.gateway.askText(COST)
    await setup.gateway.askText(BILLS)
    await Promise.all([setup.threescale.close(), setup.catalyst.close()])
    pass(25 * HOUR)

    for (const query of [BILLS, COST]) {
      const { data, errors } = await setup.gateway.askText(query)
      expect(Object.values(data ?? {})).toEqual([null])
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true })
    }
  })

  it('an error, and no empty list, is returned for what is not cached', async () => {
    await Promise.all([setup.threescale.close(), setup.catalyst.close()])

    const { data, errors } = await setup.gateway.askText(BILLS)

    expect(data?.invoices).toBeNull()
    expect(errors?.length).toBeGreaterThan(0)
  })
})

describe('a credential of the gateway that was withdrawn', () => {
  it('leads to an error: nothing stale replaces a refusal', async () => {
    await setup.gateway.askText(BILLS)
    setup.threescale.intercept = () => ({ status: 403, headers: {}, body: '' })
    pass(HOUR / 2)

    const { data, errors } = await setup.gateway.askText(
      '{ invoices(filter: { source: THREESCALE }, first: 20) { nodes { id } } }',
    )

    expect(data?.invoices).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ upstream: 'THREESCALE', retryable: false })
  })
})

describe('a cached value that is no longer fresh', () => {
  it('is refreshed in the background, for the next request', async () => {
    await setup.gateway.askText(BILLS)
    const before = setup.threescale.requests.length
    pass(DEFAULT_TTLS['threescale-invoices'].freshMs * 2)

    await setup.gateway.askText(BILLS)
    await expect.poll(() => setup.threescale.requests.length).toBe(before + 1)
    const { data } = await setup.gateway.askText(BILLS)

    expect(setup.threescale.requests).toHaveLength(before + 1)
    const asOf = nodesOf<{ id: string; asOf: string }>(data?.invoices).find(({ id }) =>
      id.startsWith('threescale'),
    )?.asOf
    expect(asOf).toBe(now.toISOString())
  })

  it('is stale from the first failed refresh on, and no longer once a refresh succeeds', async () => {
    const query = '{ invoices(filter: { source: THREESCALE }, first: 1) { nodes { asOf stale } } }'
    const read = async () => {
      const before = setup.threescale.requests.length
      const { data, errors } = await setup.gateway.askText(query)
      expect(errors).toBeUndefined()
      const [node] = nodesOf<{ asOf: string; stale: boolean }>(data?.invoices)
      return { node, isRefreshed: () => setup.threescale.requests.length > before }
    }
    await read()
    setup.threescale.intercept = () => ({ status: 500, headers: {}, body: '' })
    pass(10_000)

    // The refresh that fails begins with this read.
    const first = await read()
    expect(first.node).toEqual({ asOf: TODAY.toISOString(), stale: false })
    await expect.poll(first.isRefreshed).toBe(true)
    await expect.poll(async () => (await read()).node).toEqual({ asOf: TODAY.toISOString(), stale: true })

    setup.threescale.intercept = undefined
    await expect.poll(async () => (await read()).node).toEqual({ asOf: now.toISOString(), stale: false })
  })
})
