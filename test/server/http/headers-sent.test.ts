import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsForStandIn } from '../../../src/demo.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import type { StandInRequest } from '../../../src/standin/handler.js'
import type { StandInServer } from '../../../src/standin/server.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { EVERYTHING } from '../../canary/requests.js'
import { clock, startGateway, type TestGateway } from '../../gateway.js'

/** What undici adds to every request. */
const BY_THE_CLIENT = ['connection', 'host']

/** All that is ever sent, by upstream. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  keystone: ['accept', 'accept-encoding', 'content-length', 'content-type', 'x-auth-token', 'x-subject-token'],
  rating: ['accept', 'accept-encoding', 'x-auth-token'],
  threescale: ['accept', 'accept-encoding', 'authorization'],
}

/** By which servers behind proxies are told who asks, and from where; and what browsers and tracers send. */
const FROM_THE_CALLER = {
  'x-auth-token': 'not-ours',
  'x-subject-token': 'not-ours',
  'x-roles': 'admin',
  'x-project-id': 'somebody-elses',
  'x-tenant-id': 'somebody-elses',
  'x-identity-status': 'Confirmed',
  'x-user-id': 'somebody-else',
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

describe('whatever a caller sends', () => {
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

  it.each(Object.entries(ALLOWED))('%s is sent these headers, and no other', (name, allowed) => {
    const names = (sent.get(name) ?? []).flatMap(({ headers }) => Object.keys(headers))
    expect([...new Set(names)].filter(one => !BY_THE_CLIENT.includes(one)).sort()).toEqual(allowed)
  })

  it("no upstream is sent a value of the caller's", () => {
    const values = [...sent.values()].flat().flatMap(({ headers }) => Object.values(headers))
    expect(values.length).toBeGreaterThan(50)
    expect(values.filter(value => Object.values(FROM_THE_CALLER).includes(value))).toEqual([])
  })

  it("3scale's token goes by Basic with every request to it, and in no address", () => {
    const basic = `Basic ${Buffer.from(`${threescale.accessToken}:`).toString('base64')}`
    const requests = sent.get('threescale') ?? []
    expect(requests.length).toBeGreaterThan(3)
    expect(requests.filter(({ headers }) => headers.authorization !== basic)).toEqual([])
    const addresses = [...sent.values()].flat().map(({ path, query }) => `${path}?${query}`)
    expect(addresses.filter(address => address.includes('token') && !address.startsWith('/v3/auth/tokens'))).toEqual([])
    expect(addresses.filter(address => address.includes(threescale.accessToken))).toEqual([])
  })
})
