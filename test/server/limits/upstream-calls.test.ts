import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LimitSettings, limitsOf } from '../../../src/access/limit.js'
import { type LimitedGateway, startLimitedGateway } from './limited-gateway.js'

const settingsOf = (mode: LimitSettings['mode'], allowed: number): LimitSettings => ({
  mode,
  limits: limitsOf({ LIMIT_UPSTREAM_CALLS: allowed }),
  rate: null,
})

/** Logins are not counted: they serve all requests. */
const callsOf = (gateway: LimitedGateway) => gateway.upstreamCalls().filter(path => !path.includes('/auth/'))

/** Each list of payments is a call of its own. */
const MANY = '{ invoices(first: 50, filter: { source: THREESCALE }) { nodes { id payments { id } } } }'

let free: LimitedGateway
beforeAll(async () => {
  free = await startLimitedGateway()
})
afterAll(() => free[Symbol.asyncDispose]())

describe('the upstream calls of a request', () => {
  it.each([1, 3, 7])('are never more than the %i that are allowed', async allowed => {
    await free.ask(MANY)
    expect(callsOf(free).length).toBeGreaterThan(7)
    await using gateway = await startLimitedGateway({ limits: settingsOf('enforce', allowed) })
    const { status, errors } = await gateway.ask(MANY)
    expect(status).toBe(200)
    expect(callsOf(gateway)).toHaveLength(allowed)
    expect(new Set(errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['QUERY_TOO_COMPLEX']))
    expect(errors[0]?.extensions).toMatchObject({ limit: 'LIMIT_UPSTREAM_CALLS', allowed })
    expect(gateway.limitCounts()).toEqual([{ limit: 'LIMIT_UPSTREAM_CALLS', refused: 1, wouldHaveRefused: 0 }])
  })

  it('that are refused leave earlier data complete, and are not counted as failures of an upstream', async () => {
    await using gateway = await startLimitedGateway({ limits: settingsOf('enforce', 3) })
    const nodesOf = (data: unknown) =>
      (data as { invoices: { nodes: { id: string; payments: object[] | null }[] } }).invoices.nodes
    const { data, errors } = await gateway.ask(MANY)
    const whole = nodesOf((await free.ask(MANY)).data)
    const missing = nodesOf(data).filter(({ payments }) => payments === null)
    expect(missing.length).toBeGreaterThan(0)
    expect(missing).toHaveLength(errors.length)
    expect(nodesOf(data)).toEqual(whole.map(one => missing.find(({ id }) => id === one.id) ?? one))
    for (let count = 0; count < 10; count++) await gateway.ask(MANY)
    const { sources } = (await gateway.ask('{ sources { source reachable circuit } }')).data as { sources: object[] }
    expect(sources).toContainEqual({ source: 'THREESCALE', reachable: true, circuit: 'CLOSED' })
  })

  it('are counted separately for each request', async () => {
    await using gateway = await startLimitedGateway({ limits: settingsOf('enforce', 2) })
    const one = '{ invoice(id: "threescale:invoice:1201") { id } }'
    for (let count = 0; count < 5; count++) expect((await gateway.ask(one)).errors).toEqual([])
  })

  it('are not limited in shadow mode, where an excess is counted once per request', async () => {
    await using gateway = await startLimitedGateway({ limits: settingsOf('shadow', 1) })
    const { errors } = await gateway.ask(MANY)
    callsOf(free)
    await free.ask(MANY)
    expect(errors).toEqual([])
    expect(callsOf(gateway).length).toBe(callsOf(free).length)
    expect(gateway.limitCounts()).toEqual([{ limit: 'LIMIT_UPSTREAM_CALLS', refused: 0, wouldHaveRefused: 1 }])
  })
})

describe('the references of a router', () => {
  const QUERY = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Invoice { id } } }'
  const references = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ __typename: 'Invoice', id: `threescale:invoice:${index + 1}` }))
  const LIMITS = { LIMIT_UPSTREAM_ESTIMATE: 30, LIMIT_UPSTREAM_CALLS: 5 }

  it('are answered up to the estimate that is allowed; more are refused before any upstream call', async () => {
    const limits = { mode: 'enforce', limits: limitsOf(LIMITS), rate: null } as const
    await using gateway = await startLimitedGateway({ limits })
    const { status, data } = await gateway.ask(QUERY, { r: references(30) })
    expect(status).toBe(200)
    expect((data as { _entities: unknown[] })._entities).toHaveLength(30)
    expect(callsOf(gateway).length).toBeLessThanOrEqual(5)
    const refused = await gateway.ask(QUERY, { r: references(31) })
    expect(refused.status).toBe(400)
    expect(refused.errors[0]?.extensions).toMatchObject({ limit: 'LIMIT_UPSTREAM_ESTIMATE', allowed: 30, measured: 31 })
    expect(callsOf(gateway)).toEqual([])
  })

  it('of several aliases are added up', async () => {
    const limits = { mode: 'enforce', limits: limitsOf(LIMITS), rate: null } as const
    await using gateway = await startLimitedGateway({ limits })
    const twice =
      'query ($r: [_Any!]!) { a: _entities(representations: $r) { __typename } b: _entities(representations: $r) { __typename } }'
    expect((await gateway.ask(twice, { r: references(16) })).errors[0]?.extensions?.measured).toBe(32)
  })
})
