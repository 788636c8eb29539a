import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeApiKey } from '../../../src/access/api-key.js'
import { hashOf } from '../../../src/access/key-hash.js'
import { type LimitSettings, limitsOf } from '../../../src/access/limit.js'
import { Authenticator } from '../../../src/server/authentication/authenticator.js'
import { TODAY } from '../../gateway.js'
import { NO_WAY } from '../authentication/authenticated-gateway.js'
import { type LimitedHouse, startLimitedHouse } from './limited-gateway.js'

const RATE = '{ rateLimit { limit cost remaining resetAt } }'
const COST_20 = '{ invoices(first: 0) { totalCount } rateLimit { limit cost remaining resetAt } }'

const limited = (mode: LimitSettings['mode']): LimitSettings => ({
  mode,
  limits: limitsOf(),
  rate: { costPerMinute: 60, burst: 50 },
})

let now = TODAY
const clock = () => now
beforeAll(() => {
  now = TODAY
})

const holders = ['router', 'batch'].map(name => ({ name, first: makeApiKey(), second: makeApiKey() }))
const [router, batch] = holders as [(typeof holders)[0], (typeof holders)[0]]

const authenticator = new Authenticator(
  {
    ...NO_WAY,
    keys: {
      version: 1,
      holders: holders.map(({ name, first, second }) => ({
        name,
        scopes: ['billing:read'],
        projects: '*',
        prefixes: '*',
        buyers: '*',
        keys: [first, second].map(key => ({
          id: key.id,
          sha256: hashOf(key),
          createdAt: TODAY.toISOString(),
          validUntil: null,
        })),
      })),
    },
  },
  { tokens: () => null, clock },
)
afterAll(() => authenticator[Symbol.asyncDispose]())

const left = (answer: { readonly data: unknown }) =>
  (answer.data as { rateLimit: Record<string, unknown> | null }).rateLimit

describe('rateLimit', () => {
  it('is null where nobody is limited', async () => {
    await using house = await startLimitedHouse()
    expect(left(await house.ask(RATE))).toBeNull()
  })

  it('tells what the operation cost, what is left after it, and when all of it is there again', async () => {
    await using house = await startLimitedHouse({ limits: limited('enforce'), clock })
    expect(left(await house.ask(RATE))).toEqual({ limit: 50, cost: 0, remaining: 50, resetAt: now.toISOString() })
    const { limit, cost, remaining, resetAt } = left(await house.ask(COST_20)) ?? {}
    expect([limit, cost, remaining]).toEqual([50, 20, 30])
    expect(left(await house.ask(RATE))).toEqual({ limit: 50, cost: 0, remaining: 30, resetAt })
    now = new Date(String(resetAt))
    expect(left(await house.ask(RATE))).toMatchObject({ remaining: 50, resetAt })
  })

  it('is told truly of one who spends it all: he is refused with 429, and let in again when it said', async () => {
    await using house = await startLimitedHouse({ limits: limited('enforce'), clock })
    await house.ask(COST_20)
    await house.ask(COST_20)
    house.upstreamCalls()
    const { status, headers, errors, data, bytes } = await house.ask(COST_20)
    expect([status, headers.get('retry-after'), data]).toEqual([429, '10', undefined])
    expect(errors).toEqual([
      {
        message: 'Too much at once: this costs 20, and 10 are left. Ask again in 10 s.',
        extensions: {
          code: 'RATE_LIMITED',
          limit: 'RATE_LIMIT_COST_PER_MINUTE',
          cost: 20,
          remaining: 10,
          retryAfter: 10,
          requestId: expect.any(String),
        },
      },
    ])
    expect(bytes).toBeLessThan(4_096)
    expect(house.upstreamCalls()).toEqual([])
    // What costs nothing is answered still, so that he can look how he stands.
    expect(left(await house.ask(RATE))).toMatchObject({ remaining: 10 })
    now = new Date(now.getTime() + 10_000)
    expect((await house.ask(COST_20)).status).toBe(200)
    expect(house.counts.all()).toEqual([{ limit: 'RATE_LIMIT_COST_PER_MINUTE', refused: 1, wouldHaveRefused: 0 }])
  })

  it('counts in shadow, and lets pass', async () => {
    await using house = await startLimitedHouse({ limits: limited('shadow'), clock })
    for (let asked = 0; asked < 4; asked++) expect((await house.ask(COST_20)).status).toBe(200)
    expect(left(await house.ask(RATE))).toMatchObject({ remaining: 0 })
    expect(house.counts.all()).toEqual([{ limit: 'RATE_LIMIT_COST_PER_MINUTE', refused: 0, wouldHaveRefused: 2 }])
  })

  it('charges for variables as they are sent, and for a document seen before alike', async () => {
    await using house = await startLimitedHouse({ limits: limited('enforce'), clock })
    const query = 'query ($n: Int) { invoices(first: $n) { nodes { id } } rateLimit { cost } }'
    for (const n of [2, 5]) expect(left(await house.ask(query, { n }))?.cost).toBe(21 + n)
  })
})

describe('callers', () => {
  const ask = (house: LimitedHouse, query: string, { text }: { readonly text: string }) =>
    house.ask(query, {}, { authorization: `Bearer ${text}` })

  it('spend of their own, one holder by any of his keys', async () => {
    const { authenticate } = authenticator
    await using house = await startLimitedHouse({ limits: limited('enforce'), clock, authenticate })
    await ask(house, COST_20, router.first)
    expect(left(await ask(house, COST_20, router.second))?.remaining).toBe(10)
    expect((await ask(house, COST_20, router.first)).status).toBe(429)
    expect(left(await ask(house, RATE, batch.first))).toMatchObject({ remaining: 50 })
    expect((await ask(house, COST_20, batch.first)).status).toBe(200)
  })

  it('are one where AUTH is open', async () => {
    await using house = await startLimitedHouse({ limits: limited('enforce'), clock })
    await ask(house, COST_20, router.first)
    expect(left(await ask(house, RATE, batch.first))?.remaining).toBe(30)
  })

  it('who are refused are charged to nobody', async () => {
    const { authenticate } = authenticator
    await using house = await startLimitedHouse({ limits: limited('enforce'), clock, authenticate })
    expect((await ask(house, COST_20, makeApiKey())).status).toBe(401)
    expect(left(await ask(house, RATE, router.first))?.remaining).toBe(50)
  })
})
