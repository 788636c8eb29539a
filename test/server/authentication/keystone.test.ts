import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type UpstreamCall, upstreamCalls } from '../../../src/request/observation.js'
import {
  type AuthenticatedGateway,
  NO_METHODS,
  REFUSAL,
  reasonsIn,
  startAuthenticatedGateway,
  withoutId,
} from './authenticated-gateway.js'

const INSPECT = 'GET /v3/auth/tokens'

let server: AuthenticatedGateway

beforeEach(async () => {
  server = await startAuthenticatedGateway({ ...NO_METHODS, keystone: { roles: new Set(['billing', 'admin']) } })
})
afterEach(() => server[Symbol.asyncDispose]())

/** A token of the demo user, for its project or unscoped. */
async function logIn(scope: 'project' | 'nothing' = 'project'): Promise<string> {
  const { username: name, password, userDomainName, projectId } = server.catalyst.credentials
  const user = { name, password, domain: { name: userDomainName } }
  const identity = { methods: ['password'], password: { user } }
  const auth = { identity, scope: scope === 'project' ? { project: { id: projectId } } : 'unscoped' }
  const body = JSON.stringify({ auth })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.catalyst.authUrl}/auth/tokens`, { method: 'POST', headers, body })
  return response.headers.get('x-subject-token') ?? ''
}

async function revoke(token: string): Promise<void> {
  const headers = { 'x-auth-token': token, 'x-subject-token': token }
  await fetch(`${server.catalyst.authUrl}/auth/tokens`, { method: 'DELETE', headers })
}

const inspections = () => server.catalyst.keystone.requests.filter(line => line === INSPECT).length
const reasons = () => reasonsIn(server.gateway.log)
const send = async (token: string) => (await server.ask({ 'x-auth-token': token })).status

describe('a Keystone token', () => {
  it('grants reading its project, in its own header or as a bearer', async () => {
    const token = await logIn()
    expect(await send(token)).toBe(200)
    const { projectId } = server.catalyst.credentials
    expect(server.lastPrincipal).toEqual({
      id: expect.stringMatching(new RegExp(`^keystone:[0-9a-f]{32}:${projectId}$`)),
      scopes: new Set(['billing:read', 'costs:read']),
      grants: { projects: new Set([projectId]), prefixes: new Set(), buyers: new Set() },
    })
    expect((await server.ask({ authorization: `Bearer ${token}` })).status).toBe(200)
  })

  it('grants no scope without a role that may read', async () => {
    await server[Symbol.asyncDispose]()
    server = await startAuthenticatedGateway({ ...NO_METHODS, keystone: { roles: new Set(['treasurer']) } })
    expect(await send(await logIn())).toBe(200)
    expect(server.lastPrincipal?.scopes).toEqual(new Set())
  })

  it('is inspected once a minute, and once for concurrent requests', async () => {
    const token = await logIn()
    await Promise.all(Array.from({ length: 20 }, () => send(token)))
    server.advance(59_999)
    await send(token)
    expect(inspections()).toBe(1)
    server.advance(1)
    await send(token)
    expect(inspections()).toBe(2)
  })

  it('that is revoked is rejected within a minute', async () => {
    const token = await logIn()
    await send(token)
    await revoke(token)
    server.advance(60_000)
    expect(await send(token)).toBe(401)
    expect(reasons()).toEqual(['keystone-unknown'])
  })

  it('is inspected at each request in its last 30 seconds, and rejected after its expiry', async () => {
    const token = await logIn()
    server.advance(3_600_000 - 30_000)
    expect([await send(token), await send(token)]).toEqual([200, 200])
    expect(inspections()).toBe(2)
    server.advance(30_000)
    expect(await send(token)).toBe(401)
    expect(reasons()).toEqual(['keystone-unknown'])
  })

  it('that has expired by our clock is rejected, whatever Keystone says', async () => {
    const token = await logIn()
    const expired = await fetch(`${server.catalyst.authUrl}/auth/tokens`, {
      headers: { 'x-auth-token': token, 'x-subject-token': token },
    })
    const body = (await expired.text()).replace(/"expires_at": "[^"]*"/, '"expires_at": "2026-11-22T01:59:59.000000Z"')
    server.catalyst.keystone.intercept = () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body })
    expect(await send(token)).toBe(401)
    expect(reasons()).toEqual(['keystone-expired'])
  })

  it('that is unknown is rejected, and inspected once in five seconds', async () => {
    const response = await server.ask({ 'x-auth-token': 'gAAAAAunknown' })
    expect(response.status).toBe(401)
    expect(withoutId(response.text)).toEqual(REFUSAL)
    server.advance(4_999)
    await send('gAAAAAunknown')
    expect(inspections()).toBe(1)
    server.advance(1)
    await send('gAAAAAunknown')
    expect(inspections()).toBe(2)
    expect(new Set(reasons())).toEqual(new Set(['keystone-unknown']))
  })

  it('that is unknown does not count as a refusal of the gateway itself', async () => {
    const outcomes: unknown[] = []
    const note = (call: unknown): void => void outcomes.push((call as UpstreamCall).outcome)
    subscribe(upstreamCalls.asyncStart.name, note)
    expect(await send('gAAAAAunknown')).toBe(401)
    unsubscribe(upstreamCalls.asyncStart.name, note)
    expect(outcomes).toEqual(['ok'])
  })

  it('without a project is rejected', async () => {
    expect(await send(await logIn('nothing'))).toBe(401)
    expect(reasons()).toEqual(['keystone-no-project'])
  })

  it('is answered with 503 while Keystone is down, unless it was just inspected, and works again afterwards', async () => {
    const [known, unknown] = [await logIn(), await logIn()]
    await send(known)
    server.catalyst.keystone.intercept = () => ({ status: 503, body: '' })
    expect([await send(known), await send(unknown)]).toEqual([200, 503])
    server.advance(60_000)
    const calls = server.catalyst.requests.length + server.threescale.requests.length
    expect(await send(known)).toBe(503)
    expect(server.catalyst.requests.length + server.threescale.requests.length).toBe(calls)
    expect(reasons()).toEqual([])
    server.catalyst.keystone.intercept = undefined
    expect([await send(known), await send(unknown)]).toEqual([200, 200])
  })

  it.each<[string, string]>([
    ['not JSON', '<html>'],
    ['a token without a user', '{"token": {"expires_at": "2027-01-01T00:00:00.000000Z", "project": {"id": "p"}}}'],
  ])('is answered with 503 when the response of Keystone is %s', async (_what, body) => {
    server.catalyst.keystone.intercept = () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body })
    expect(await send('gAAAAAx')).toBe(503)
  })

  it('is inspected with itself as the credential, and at most 64 are at a time', async () => {
    const seen: string[] = []
    const open = Promise.withResolvers<undefined>()
    server.catalyst.keystone.intercept = ({ headers }) => {
      seen.push(`${headers['x-auth-token']} ${headers['x-subject-token']}`)
      return open.promise
    }
    let refused = 0
    const sendOne = async (_: unknown, index: number): Promise<number> => {
      const status = await send(`gAAAAA${index}`)
      if (status === 503) refused += 1
      if (refused === 6) open.resolve(undefined)
      return status
    }
    const statuses = await Promise.all(Array.from({ length: 70 }, sendOne))
    expect(statuses.filter(status => status === 503)).toHaveLength(6)
    expect(statuses.filter(status => status === 401)).toHaveLength(64)
    expect(seen.every(pair => /^(\S+) \1$/.test(pair))).toBe(true)
  })

  it('never reaches the log', async () => {
    const token = await logIn()
    await send(token)
    await send(`${token}x`)
    expect(reasons()).toEqual(['keystone-unknown'])
    expect(server.gateway.log.join('')).not.toContain(token.slice(0, 30))
  })
})
