import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LimitSettings, limitsOf } from '../../../src/access/limit.js'
import { type LimitedHouse, startLimitedHouse } from './limited-gateway.js'

const settingsOf = (mode: LimitSettings['mode'], allowed: number): LimitSettings => ({
  mode,
  limits: limitsOf({ LIMIT_UPSTREAM_CALLS: allowed }),
  rate: null,
})

/** A login is no call of anybody's in particular. */
const callsOf = (house: LimitedHouse) => house.upstreamCalls().filter(path => !path.includes('/auth/'))

/** Each payment list is a call of its own. */
const MANY = '{ invoices(first: 50, filter: { source: THREESCALE }) { nodes { id payments { id } } } }'

let free: LimitedHouse
beforeAll(async () => {
  free = await startLimitedHouse()
})
afterAll(() => free[Symbol.asyncDispose]())

describe('calls to upstreams', () => {
  it.each([1, 3, 7])('of one request are never more than %i when so many are allowed', async allowed => {
    await free.ask(MANY)
    expect(callsOf(free).length).toBeGreaterThan(7)
    await using house = await startLimitedHouse({ limits: settingsOf('enforce', allowed) })
    const { status, errors } = await house.ask(MANY)
    expect(status).toBe(200)
    expect(callsOf(house)).toHaveLength(allowed)
    expect(new Set(errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['QUERY_TOO_COMPLEX']))
    expect(errors[0]?.extensions).toMatchObject({ limit: 'LIMIT_UPSTREAM_CALLS', allowed })
    expect(house.counts.all()).toEqual([{ limit: 'LIMIT_UPSTREAM_CALLS', refused: 1, wouldHaveRefused: 0 }])
  })

  it('that are refused leave whole what was read before, and blame no upstream', async () => {
    await using house = await startLimitedHouse({ limits: settingsOf('enforce', 3) })
    const nodesOf = (data: unknown) =>
      (data as { invoices: { nodes: { id: string; payments: object[] | null }[] } }).invoices.nodes
    const { data, errors } = await house.ask(MANY)
    const whole = nodesOf((await free.ask(MANY)).data)
    const missing = nodesOf(data).filter(({ payments }) => payments === null)
    expect(missing.length).toBeGreaterThan(0)
    expect(missing).toHaveLength(errors.length)
    expect(nodesOf(data)).toEqual(whole.map(one => missing.find(({ id }) => id === one.id) ?? one))
    for (let asked = 0; asked < 10; asked++) await house.ask(MANY)
    const { sources } = (await house.ask('{ sources { source reachable circuit } }')).data as { sources: object[] }
    expect(sources).toContainEqual({ source: 'THREESCALE', reachable: true, circuit: 'CLOSED' })
  })

  it('of each request are counted anew', async () => {
    await using house = await startLimitedHouse({ limits: settingsOf('enforce', 2) })
    const one = '{ invoice(id: "threescale:invoice:1201") { id } }'
    for (let asked = 0; asked < 5; asked++) expect((await house.ask(one)).errors).toEqual([])
  })

  it('are as many as it takes in shadow, and counted once a request', async () => {
    await using house = await startLimitedHouse({ limits: settingsOf('shadow', 1) })
    const { errors } = await house.ask(MANY)
    callsOf(free)
    await free.ask(MANY)
    expect(errors).toEqual([])
    expect(callsOf(house).length).toBe(callsOf(free).length)
    expect(house.counts.all()).toEqual([{ limit: 'LIMIT_UPSTREAM_CALLS', refused: 0, wouldHaveRefused: 1 }])
  })
})

describe('references of a router', () => {
  const QUERY = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Invoice { id } } }'
  const references = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ __typename: 'Invoice', id: `threescale:invoice:${index + 1}` }))
  const LIMITS = { LIMIT_UPSTREAM_ESTIMATE: 30, LIMIT_UPSTREAM_CALLS: 5 }

  it('are answered as far as the estimate allows, and refused beyond before anything is asked', async () => {
    const limits = { mode: 'enforce', limits: limitsOf(LIMITS), rate: null } as const
    await using house = await startLimitedHouse({ limits })
    const { status, data } = await house.ask(QUERY, { r: references(30) })
    expect(status).toBe(200)
    expect((data as { _entities: unknown[] })._entities).toHaveLength(30)
    expect(callsOf(house).length).toBeLessThanOrEqual(5)
    const refused = await house.ask(QUERY, { r: references(31) })
    expect(refused.status).toBe(400)
    expect(refused.errors[0]?.extensions).toMatchObject({ limit: 'LIMIT_UPSTREAM_ESTIMATE', allowed: 30, measured: 31 })
    expect(callsOf(house)).toEqual([])
  })

  it('of several aliases are counted together', async () => {
    const limits = { mode: 'enforce', limits: limitsOf(LIMITS), rate: null } as const
    await using house = await startLimitedHouse({ limits })
    const twice =
      'query ($r: [_Any!]!) { a: _entities(representations: $r) { __typename } b: _entities(representations: $r) { __typename } }'
    expect((await house.ask(twice, { r: references(16) })).errors[0]?.extensions?.measured).toBe(32)
  })
})
