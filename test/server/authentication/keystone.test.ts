import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Guarded, NO_WAY, REFUSAL, reasonsIn, startGuarded, withoutId } from './authenticated-gateway.js'

const INSPECT = 'GET /v3/auth/tokens'

let guarded: Guarded

beforeEach(async () => {
  guarded = await startGuarded({ ...NO_WAY, keystone: { roles: new Set(['billing', 'admin']) } })
})
afterEach(() => guarded[Symbol.asyncDispose]())

/** A token of the demo's user, for a project of his or for none. */
async function logIn(scope: 'project' | 'nothing' = 'project'): Promise<string> {
  const { username: name, password, userDomainName, projectId } = guarded.catalyst.credentials
  const user = { name, password, domain: { name: userDomainName } }
  const identity = { methods: ['password'], password: { user } }
  const auth = { identity, scope: scope === 'project' ? { project: { id: projectId } } : 'unscoped' }
  const body = JSON.stringify({ auth })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${guarded.catalyst.authUrl}/auth/tokens`, { method: 'POST', headers, body })
  return response.headers.get('x-subject-token') ?? ''
}

async function revoke(token: string): Promise<void> {
  const headers = { 'x-auth-token': token, 'x-subject-token': token }
  await fetch(`${guarded.catalyst.authUrl}/auth/tokens`, { method: 'DELETE', headers })
}

const inspections = () => guarded.catalyst.keystone.requests.filter(line => line === INSPECT).length
const reasons = () => reasonsIn(guarded.gateway.log)
const send = async (token: string) => (await guarded.ask({ 'x-auth-token': token })).status

describe("Keystone's token of a caller", () => {
  it('lets him in to its project, for reading, by header or as a bearer', async () => {
    const token = await logIn()
    expect(await send(token)).toBe(200)
    const { projectId } = guarded.catalyst.credentials
    expect(guarded.lastPrincipal).toEqual({
      id: expect.stringMatching(new RegExp(`^keystone:[0-9a-f]{32}:${projectId}$`)),
      scopes: new Set(['billing:read', 'costs:read']),
      grants: { projects: new Set([projectId]), prefixes: new Set(), buyers: new Set() },
    })
    expect((await guarded.ask({ authorization: `Bearer ${token}` })).status).toBe(200)
  })

  it('lets him in to do nothing when no role of his is one that may read', async () => {
    await guarded[Symbol.asyncDispose]()
    guarded = await startGuarded({ ...NO_WAY, keystone: { roles: new Set(['treasurer']) } })
    expect(await send(await logIn())).toBe(200)
    expect(guarded.lastPrincipal?.scopes).toEqual(new Set())
  })

  it('is asked about once in a minute, and once for all who come at once', async () => {
    const token = await logIn()
    await Promise.all(Array.from({ length: 20 }, () => send(token)))
    guarded.advance(59_999)
    await send(token)
    expect(inspections()).toBe(1)
    guarded.advance(1)
    await send(token)
    expect(inspections()).toBe(2)
  })

  it('that is revoked is refused within a minute', async () => {
    const token = await logIn()
    await send(token)
    await revoke(token)
    guarded.advance(60_000)
    expect(await send(token)).toBe(401)
    expect(reasons()).toEqual(['keystone-unknown'])
  })

  it('is not gone by in its last half minute, nor at all after its end', async () => {
    const token = await logIn()
    guarded.advance(3_600_000 - 30_000)
    expect([await send(token), await send(token)]).toEqual([200, 200])
    expect(inspections()).toBe(2)
    guarded.advance(30_000)
    expect(await send(token)).toBe(401)
    expect(reasons()).toEqual(['keystone-unknown'])
  })

  it('that ends by our clock is refused, whatever Keystone says', async () => {
    const token = await logIn()
    const expired = await fetch(`${guarded.catalyst.authUrl}/auth/tokens`, {
      headers: { 'x-auth-token': token, 'x-subject-token': token },
    })
    const body = (await expired.text()).replace(/"expires_at": "[^"]*"/, '"expires_at": "2026-11-22T01:59:59.000000Z"')
    guarded.catalyst.keystone.intercept = () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body })
    expect(await send(token)).toBe(401)
    expect(reasons()).toEqual(['keystone-expired'])
  })

  it('that is unknown is refused, and asked about once in five seconds', async () => {
    const answer = await guarded.ask({ 'x-auth-token': 'gAAAAAunknown' })
    expect(answer.status).toBe(401)
    expect(withoutId(answer.text)).toEqual(REFUSAL)
    guarded.advance(4_999)
    await send('gAAAAAunknown')
    expect(inspections()).toBe(1)
    guarded.advance(1)
    await send('gAAAAAunknown')
    expect(inspections()).toBe(2)
    expect(new Set(reasons())).toEqual(new Set(['keystone-unknown']))
  })

  it('for no project is refused', async () => {
    expect(await send(await logIn('nothing'))).toBe(401)
    expect(reasons()).toEqual(['keystone-no-project'])
  })

  it('lets nobody in while Keystone is down, save whom it has just vouched for; and that is not held against him', async () => {
    const [known, unknown] = [await logIn(), await logIn()]
    await send(known)
    guarded.catalyst.keystone.intercept = () => ({ status: 503, body: '' })
    expect([await send(known), await send(unknown)]).toEqual([200, 503])
    guarded.advance(60_000)
    const calls = guarded.catalyst.requests.length + guarded.threescale.requests.length
    expect(await send(known)).toBe(503)
    expect(guarded.catalyst.requests.length + guarded.threescale.requests.length).toBe(calls)
    expect(reasons()).toEqual([])
    guarded.catalyst.keystone.intercept = undefined
    expect([await send(known), await send(unknown)]).toEqual([200, 200])
  })

  it.each<[string, string]>([
    ['no JSON', '<html>'],
    ['a token of nobody', '{"token": {"expires_at": "2027-01-01T00:00:00.000000Z", "project": {"id": "p"}}}'],
  ])('lets nobody in on an answer that is %s', async (_what, body) => {
    guarded.catalyst.keystone.intercept = () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body })
    expect(await send('gAAAAAx')).toBe(503)
  })

  it('is asked about with nothing of ours, and no more than sixty-four are at a time', async () => {
    const seen: string[] = []
    const open = Promise.withResolvers<undefined>()
    guarded.catalyst.keystone.intercept = ({ headers }) => {
      seen.push(`${headers['x-auth-token']} ${headers['x-subject-token']}`)
      return open.promise
    }
    let turnedAway = 0
    const sendOne = async (_: unknown, index: number): Promise<number> => {
      const status = await send(`gAAAAA${index}`)
      if (status === 503) turnedAway += 1
      if (turnedAway === 6) open.resolve(undefined)
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
    expect(guarded.gateway.log.join('')).not.toContain(token.slice(0, 30))
  })
})
