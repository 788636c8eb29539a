import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../src/access/principal.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { DEFAULT_TTLS } from '../../src/upstream/cache/ttl.js'
import { startGateway, type TestGateway, TODAY } from '../gateway.js'
import { FIRST_BUYER, FIRST_CONTRACT, wideTenant } from '../wide-tenant.js'
import { median, rankTest } from './rank-test.js'

/** 2,000 for the figure that docs/upstreams.md states. */
const PAIRS = Number(process.env.EXISTENCE_PAIRS ?? 100)
const LATENCY_MS = 20
const MISSING = 4_711

/** A caller with one buyer granted, named by its header. */
function callerOf(buyer: string): Principal {
  return {
    id: `caller ${buyer}`,
    scopes: new Set(['billing:read']),
    grants: { projects: new Set(), prefixes: new Set(), buyers: new Set([buyer]) },
  }
}

describe("another caller's record in the cache", () => {
  let threescale: ThreescaleStandIn
  let gateway: TestGateway
  const data = wideTenant({ now: TODAY, buyers: 3, invoices: 30 })
  const foreign = data.invoices.find(({ buyerId }) => buyerId === FIRST_BUYER + 1)?.id ?? 0

  beforeAll(async () => {
    threescale = await startThreescale({ clock: () => TODAY, data })
    gateway = await startGateway(
      {
        catalyst: null,
        threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 10_000 },
        cache: { ttls: DEFAULT_TTLS, url: null },
      },
      false,
      { authenticate: async ({ authorization }) => callerOf(String(authorization)) },
    )
  })
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]()
    await threescale.close()
  })

  async function ask(caller: number, query: string): Promise<{ readonly text: string; readonly cacheControl: string }> {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: String(caller) },
      body: JSON.stringify({ query }),
    })
    const text = (await response.text()).replace(/"requestId":"[^"]*"/, '')
    return { text, cacheControl: response.headers.get('cache-control') ?? '' }
  }
  const invoice = (id: number): string => `{ invoice(id: "threescale:invoice:${id}") { nativeId } }`
  const contract = (id: number): string => `{ node(id: "threescale:contract:${id}") { id } }`
  const payments = (id: number): string => `{ invoice(id: "threescale:invoice:${id}") { payments { id } } }`

  it.each([
    ['invoice', invoice, foreign],
    ['invoice with its payments', payments, foreign],
    ['contract', contract, FIRST_CONTRACT + 1],
  ])('takes the same upstream calls as a missing %s, and has the same response', async (_what, query, id) => {
    await ask(FIRST_BUYER + 1, query(id))
    const callsOf = async (one: number) => {
      threescale.requests.length = 0
      const response = await ask(FIRST_BUYER, query(one))
      return {
        response,
        calls: threescale.requests.length,
        routes: threescale.requests.map(path => path.replace(/\d+/, '')),
      }
    }
    expect(await callsOf(id)).toEqual(await callsOf(MISSING))
    expect((await ask(FIRST_BUYER + 1, query(id))).text).not.toBe((await ask(FIRST_BUYER, query(id))).text)
  })

  it('gives the same error as a missing one while the upstream fails', async () => {
    await ask(FIRST_BUYER + 1, invoice(foreign))
    threescale.intercept = () => ({ status: 500 })
    const answers = [await ask(FIRST_BUYER, invoice(foreign)), await ask(FIRST_BUYER, invoice(MISSING))]
    threescale.intercept = undefined
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.text).toContain('UPSTREAM_UNAVAILABLE')
    expect((await ask(FIRST_BUYER + 1, invoice(foreign))).text).toContain(`"nativeId":"${foreign}"`)
  })

  it(`takes as long as a missing one, by a rank test over ${PAIRS} pairs`, async () => {
    threescale.intercept = () => new Promise(resolve => setTimeout(resolve, LATENCY_MS, undefined))
    await ask(FIRST_BUYER + 1, invoice(foreign))
    const times = { foreign: [] as number[], missing: [] as number[] }
    const measure = async (which: keyof typeof times): Promise<void> => {
      const start = performance.now()
      await ask(FIRST_BUYER, invoice(which === 'foreign' ? foreign : MISSING))
      times[which].push(performance.now() - start)
    }
    for (let pair = 0; pair < PAIRS; pair++) {
      const order = pair % 2 === 0 ? (['foreign', 'missing'] as const) : (['missing', 'foreign'] as const)
      for (const which of order) await measure(which)
    }
    threescale.intercept = undefined
    const [one, other] = [median(times.foreign), median(times.missing)]
    const probability = rankTest(times.foreign, times.missing)
    const figures = `medians ${one.toFixed(2)} and ${other.toFixed(2)} ms, p ${probability.toFixed(3)}`
    process.stdout.write(`existence: ${PAIRS} pairs, ${figures}\n`)
    expect(Math.min(...times.foreign)).toBeGreaterThanOrEqual(LATENCY_MS - 1)
    expect(probability, figures).toBeGreaterThan(PAIRS < 1_000 ? 0.001 : 0.01)
    if (PAIRS >= 1_000) expect(Math.abs(one / other - 1), figures).toBeLessThan(0.05)
  }, 600_000)
})
