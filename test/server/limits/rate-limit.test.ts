import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeApiKey } from '../../../src/access/api-key.js'
import { hashOf } from '../../../src/access/key-hash.js'
import { type LimitSettings, limitsOf } from '../../../src/access/limit.js'
import { Authenticator } from '../../../src/server/authentication/authenticator.js'
import { TODAY } from '../../gateway.js'
import { NO_METHODS } from '../authentication/authenticated-gateway.js'
import { type LimitedGateway, startLimitedGateway } from './limited-gateway.js'

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
    ...NO_METHODS,
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

const left = (response: { readonly data: unknown }) =>
  (response.data as { rateLimit: Record<string, unknown> | null }).rateLimit

describe('rateLimit', () => {
  it('is null when rates are not limited', async () => {
    await using gateway = await startLimitedGateway()
    expect(left(await gateway.ask(RATE))).toBeNull()
  })

  it('reports the cost of the operation, what is left after it, and when the bucket is full again', async () => {
    await using gateway = await startLimitedGateway({ limits: limited('enforce'), clock })
    expect(left(await gateway.ask(RATE))).toEqual({ limit: 50, cost: 0, remaining: 50, resetAt: now.toISOString() })
    const { limit, cost, remaining, resetAt } = left(await gateway.ask(COST_20)) ?? {}
    expect([limit, cost, remaining]).toEqual([50, 20, 30])
    expect(left(await gateway.ask(RATE))).toEqual({ limit: 50, cost: 0, remaining: 30, resetAt })
    now = new Date(String(resetAt))
    expect(left(await gateway.ask(RATE))).toMatchObject({ remaining: 50, resetAt })
  })

  it('refuses a caller that has spent it all with 429, until the time that it reported', async () => {
    await using gateway = await startLimitedGateway({ limits: limited('enforce'), clock })
    await gateway.ask(COST_20)
    await gateway.ask(COST_20)
    gateway.upstreamCalls()
    const { status, headers, errors, data, bytes } = await gateway.ask(COST_20)
    expect([status, headers.get('retry-after'), data]).toEqual([429, '10', undefined])
    expect(errors).toEqual([
      {
        message: 'Rate limit exceeded: this operation costs 20, 10 left. Retry after 10 s.',
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
    expect(gateway.upstreamCalls()).toEqual([])
    // A query that costs nothing is still answered, so that a caller can read its rate limit.
    expect(left(await gateway.ask(RATE))).toMatchObject({ remaining: 10 })
    now = new Date(now.getTime() + 10_000)
    expect((await gateway.ask(COST_20)).status).toBe(200)
    expect(gateway.limitCounts()).toEqual([{ limit: 'RATE_LIMIT_COST_PER_MINUTE', refused: 1, wouldHaveRefused: 0 }])
  })

  it('counts and refuses nothing in shadow mode', async () => {
    await using gateway = await startLimitedGateway({ limits: limited('shadow'), clock })
    for (let count = 0; count < 4; count++) expect((await gateway.ask(COST_20)).status).toBe(200)
    expect(left(await gateway.ask(RATE))).toMatchObject({ remaining: 0 })
    expect(gateway.limitCounts()).toEqual([{ limit: 'RATE_LIMIT_COST_PER_MINUTE', refused: 0, wouldHaveRefused: 2 }])
  })

  it('charges for the variables that are sent, also when the document was seen before', async () => {
    await using gateway = await startLimitedGateway({ limits: limited('enforce'), clock })
    const query = 'query ($n: Int) { invoices(first: $n) { nodes { id } } rateLimit { cost } }'
    for (const n of [2, 5]) expect(left(await gateway.ask(query, { n }))?.cost).toBe(21 + n)
  })
})

describe('callers', () => {
  const ask = (gateway: LimitedGateway, query: string, { text }: { readonly text: string }) =>
    gateway.ask(query, {}, { authorization: `Bearer ${text}` })

  it('have a bucket each, shared by all keys of one holder', async () => {
    const { authenticate } = authenticator
    await using gateway = await startLimitedGateway({ limits: limited('enforce'), clock, authenticate })
    await ask(gateway, COST_20, router.first)
    expect(left(await ask(gateway, COST_20, router.second))?.remaining).toBe(10)
    expect((await ask(gateway, COST_20, router.first)).status).toBe(429)
    expect(left(await ask(gateway, RATE, batch.first))).toMatchObject({ remaining: 50 })
    expect((await ask(gateway, COST_20, batch.first)).status).toBe(200)
  })

  it('share one bucket when AUTH is open', async () => {
    await using gateway = await startLimitedGateway({ limits: limited('enforce'), clock })
    await ask(gateway, COST_20, router.first)
    expect(left(await ask(gateway, RATE, batch.first))?.remaining).toBe(30)
  })

  it('that fail authentication are not charged to another', async () => {
    const { authenticate } = authenticator
    await using gateway = await startLimitedGateway({ limits: limited('enforce'), clock, authenticate })
    expect((await ask(gateway, COST_20, makeApiKey())).status).toBe(401)
    expect(left(await ask(gateway, RATE, router.first))?.remaining).toBe(50)
  })
})
