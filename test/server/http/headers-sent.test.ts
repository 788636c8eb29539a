import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsForStandIn } from '../../../src/demo.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import type { StandInRequest } from '../../../src/standin/handler.js'
import type { StandInServer } from '../../../src/standin/server.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { EVERYTHING } from '../../canary/requests.js'
import { clock, startGateway, type TestGateway } from '../../gateway.js'

/** Headers that undici adds to every request. */
const BY_THE_CLIENT = ['connection', 'host']

/** All headers that an upstream is sent. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  keystone: ['accept', 'accept-encoding', 'content-length', 'content-type', 'x-auth-token', 'x-subject-token'],
  rating: ['accept', 'accept-encoding', 'x-auth-token'],
  threescale: ['accept', 'accept-encoding', 'authorization'],
}

/** Headers by which proxies name a client and its address, and headers of browsers and tracers. */
const FROM_THE_CALLER = {
  'x-auth-token': 'not-ours',
  'x-subject-token': 'not-ours',
  'x-roles': 'admin',
  'x-project-id': 'of-another',
  'x-tenant-id': 'of-another',
  'x-identity-status': 'Confirmed',
  'x-user-id': 'another-user',
  'x-forwarded-for': '10.0.0.1',
  'x-forwarded-host': 'elsewhere.example.com',
  'x-request-id': 'ours',
  'x-http-method-override': 'DELETE',
  forwarded: 'for=10.0.0.1',
  cookie: 'session=1',
  'accept-language': 'mi',
  'if-none-match': '"1"',
  range: 'bytes=0-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  baggage: 'a=b',
}

describe('headers of a client', () => {
  let catalyst: CatalystStandIn
  let threescale: ThreescaleStandIn
  let gateway: TestGateway
  const sent = new Map<string, StandInRequest[]>()

  beforeAll(async () => {
    catalyst = await startCatalyst({ clock })
    threescale = await startThreescale({ clock })
    watch('keystone', catalyst.keystone)
    for (const server of Object.values(catalyst.regions)) watch('rating', server)
    watch('threescale', threescale)
    const { url, accessToken } = threescale
    gateway = await startGateway({
      catalyst: settingsForStandIn(catalyst),
      threescale: { url, accessToken, deadlineMs: 10_000 },
    })
    const headers = { 'content-type': 'application/json', ...FROM_THE_CALLER }
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: EVERYTHING }),
    })
    expect(await answer.json()).not.toHaveProperty('errors')
    await gateway[Symbol.asyncDispose]()
  })
  afterAll(async () => {
    await Promise.all([catalyst.close(), threescale.close()])
  })

  function watch(name: string, server: StandInServer): void {
    server.intercept = request => {
      sent.set(name, [...(sent.get(name) ?? []), request])
      return undefined
    }
  }

  it.each(Object.entries(ALLOWED))('are not passed on: %s receives these headers alone', (name, allowed) => {
    const names = (sent.get(name) ?? []).flatMap(({ headers }) => Object.keys(headers))
    expect([...new Set(names)].filter(one => !BY_THE_CLIENT.includes(one)).sort()).toEqual(allowed)
  })

  it('never reach an upstream with their values', () => {
    const values = [...sent.values()].flat().flatMap(({ headers }) => Object.values(headers))
    expect(values.length).toBeGreaterThan(50)
    expect(values.filter(value => Object.values(FROM_THE_CALLER).includes(value))).toEqual([])
  })

  it("leave 3scale's token in the Basic header of every request to it, and out of every address", () => {
    const basic = `Basic ${Buffer.from(`${threescale.accessToken}:`).toString('base64')}`
    const requests = sent.get('threescale') ?? []
    expect(requests.length).toBeGreaterThan(3)
    expect(requests.filter(({ headers }) => headers.authorization !== basic)).toEqual([])
    const addresses = [...sent.values()].flat().map(({ path, query }) => `${path}?${query}`)
    expect(addresses.filter(address => address.includes('token') && !address.startsWith('/v3/auth/tokens'))).toEqual([])
    expect(addresses.filter(address => address.includes(threescale.accessToken))).toEqual([])
  })
})
