import { describe, expect, it } from 'vitest'
import { type CatalystData, DEFAULT_DOMAIN, type User } from '../../../src/standin/catalyst/data.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { getToken, passwordLogin, post, smallData } from './upstream.js'

const una: User = {
  id: 'u1',
  name: 'una',
  password: 'secret',
  domain: DEFAULT_DOMAIN,
  roles: { p1: ['project_admin', '_member_'], p2: ['billing'], p3: ['_member_'] },
}
const project = (id: string, enabled = true) => ({
  id,
  name: `project-${id}`,
  domain: DEFAULT_DOMAIN,
  enabled,
  collectedIn: ['nz-por-1', 'nz-hlz-1'],
})
const data: CatalystData = smallData({
  users: [una, { ...una, id: 'u2', name: 'dora', defaultProjectId: 'p2' }],
  projects: [project('p1'), project('p2'), project('p3', false), project('p4')],
  applicationCredentials: [
    { id: 'ac1', name: 'gateway', secret: 'ac-secret', userId: 'u1', projectId: 'p1', roles: ['_member_'] },
  ],
})
const malformed =
  'The server could not comply with the request since it is either malformed or otherwise incorrect. ' +
  'The client is assumed to be in error.'
const refused = 'The request you have made requires authentication.'

const login = (user: object, scope?: unknown) => ({
  auth: { identity: { methods: ['password'], password: { user } }, ...(scope === undefined ? {} : { scope }) },
})
const byName = { name: 'una', domain: { name: 'Default' }, password: 'secret' }
const byToken = (id: string, scope?: unknown) => ({
  auth: { identity: { methods: ['token'], token: { id } }, ...(scope === undefined ? {} : { scope }) },
})
const byCredential = (application_credential: object, scope?: unknown) => ({
  auth: {
    identity: { methods: ['application_credential'], application_credential },
    ...(scope === undefined ? {} : { scope }),
  },
})

interface TokenBody {
  readonly token: {
    readonly methods: string[]
    readonly expires_at: string
    readonly issued_at: string
    readonly audit_ids: string[]
    readonly project?: { readonly id: string }
    readonly roles?: { readonly name: string }[]
    readonly catalog?: { readonly type: string; readonly endpoints: Record<string, string>[] }[]
    readonly application_credential?: object
  }
}

async function logIn(standIn: CatalystStandIn, body: unknown, query = '') {
  const response = await post(`${standIn.authUrl}/auth/tokens${query}`, body)
  expect(response.status).toBe(201)
  const { token } = (await response.json()) as TokenBody
  return { id: response.headers.get('x-subject-token') ?? '', token, headers: response.headers }
}

async function fail(standIn: CatalystStandIn, body: unknown) {
  const response = await post(`${standIn.authUrl}/auth/tokens`, body)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('POST /v3/auth/tokens', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a user by name, a project by id', login(byName, { project: { id: 'p1' } }), 'p1'],
    ['a user by id', login({ id: 'u1', password: 'secret' }, { project: { id: 'p2' } }), 'p2'],
    [
      'a project by name and domain id',
      login(byName, { project: { name: 'project-p1', domain: { id: 'default' } } }),
      'p1',
    ],
    [
      'a project by name and domain name',
      login(byName, { project: { name: 'project-p1', domain: { name: 'default' } } }),
      'p1',
    ],
    ['a user without a default project', login(byName), undefined],
    ['the default project', login({ ...byName, name: 'dora' }), 'p2'],
    ['an explicit lack of scope', login({ ...byName, name: 'dora' }, 'unscoped'), undefined],
    ['a credential by id', byCredential({ id: 'ac1', secret: 'ac-secret' }), 'p1'],
    [
      'a credential by name and user',
      byCredential({ name: 'gateway', secret: 'ac-secret', user: { name: 'una', domain: { id: 'default' } } }),
      'p1',
    ],
  ])('issues a token for %s', async (_, body, projectId) => {
    await using standIn = await startCatalyst({ data })
    const { token, id } = await logIn(standIn, body)
    expect(id).toMatch(/^gAAAAA[\w-]{150,250}$/)
    expect(token.project?.id).toBe(projectId)
    expect(token.catalog === undefined).toBe(projectId === undefined)
    expect(token.roles === undefined).toBe(projectId === undefined)
  })

  it.each<[string, unknown]>([
    ['a wrong password', login({ ...byName, password: 'x' })],
    ['an unknown user', login({ ...byName, name: 'stranger' })],
    ['a user of another domain', login({ ...byName, domain: { name: 'Other' } })],
    ['an unknown project', login(byName, { project: { id: 'nowhere' } })],
    ['a project without a role', login(byName, { project: { id: 'p4' } })],
    ['a disabled project', login(byName, { project: { id: 'p3' } })],
    ['a wrong credential secret', byCredential({ id: 'ac1', secret: 'x' })],
    ['an unknown token', byToken('gAAAAA')],
    ['a method it does not have', { auth: { identity: { methods: ['saml2'] } } }],
  ])('rejects %s with the same error', async (_, body) => {
    await using standIn = await startCatalyst({ data })
    const { status, headers, text } = await fail(standIn, body)
    expect([status, text]).toEqual([401, `{"error":{"code":401,"message":"${refused}","title":"Unauthorized"}}\n`])
    expect(headers.get('www-authenticate')).toBe(`Keystone uri="${standIn.authUrl}"`)
    expect(headers.get('vary')).toBe('X-Auth-Token')
    expect(headers.get('x-openstack-request-id')).toMatch(/^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'Expecting to find valid JSON in request body.'],
    ['no auth', {}, 'Expecting to find auth in request body.'],
    ['a user without a domain', login({ name: 'una', password: 'secret' }), 'Expecting to find domain in user.'],
    [
      'a project without a domain',
      login(byName, { project: { name: 'project-p1' } }),
      'Expecting to find domain in project.',
    ],
  ])('rejects %s as malformed', async (_, body, message) => {
    await using standIn = await startCatalyst({ data })
    const { status, text } = await fail(standIn, body)
    expect([status, text]).toEqual([
      400,
      `{"error":{"code":400,"message":"${message} ${malformed}","title":"Bad Request"}}\n`,
    ])
  })

  it('rejects a scope with an application credential, even its own', async () => {
    await using standIn = await startCatalyst({ data })
    const { status, text } = await fail(
      standIn,
      byCredential({ id: 'ac1', secret: 'ac-secret' }, { project: { id: 'p1' } }),
    )
    const message = 'Error authenticating with application credential: Application credentials cannot request a scope.'
    expect(status).toBe(401)
    expect(text).toBe(`{"error":{"code":401,"identity":{},"message":"${message}","title":"Unauthorized"}}\n`)
  })

  it('issues a token with the roles and the name of the credential', async () => {
    await using standIn = await startCatalyst({ data })
    const { token } = await logIn(standIn, byCredential({ id: 'ac1', secret: 'ac-secret' }))
    expect(token.roles?.map(({ name }) => name)).toEqual(['_member_'])
    expect(token.application_credential).toEqual({ id: 'ac1', name: 'gateway', restricted: true })
  })

  it('rescopes a token without a later expiry', async () => {
    let now = new Date('2026-11-21T09:00:00Z')
    await using standIn = await startCatalyst({ data, clock: () => now, tokenLifeSeconds: 600 })
    const first = await logIn(standIn, login(byName))
    now = new Date('2026-11-21T09:05:00Z')
    const { token } = await logIn(standIn, byToken(first.id, { project: { id: 'p2' } }))
    expect(token).toMatchObject({
      methods: ['token', 'password'],
      issued_at: '2026-11-21T09:05:00.000000Z',
      expires_at: '2026-11-21T09:10:00.000000Z',
      project: { id: 'p2' },
    })
    expect(token.audit_ids).toHaveLength(2)
  })

  it('issues no token for the token of an application credential', async () => {
    await using standIn = await startCatalyst({ data })
    const { id } = await logIn(standIn, byCredential({ id: 'ac1', secret: 'ac-secret' }))
    const { status, text } = await fail(standIn, byToken(id, { project: { id: 'p2' } }))
    const message =
      'You are not authorized to perform the requested action: ' +
      'Using a delegated token to create another token is not allowed..'
    expect([status, text]).toEqual([403, `{"error":{"code":403,"message":"${message}","title":"Forbidden"}}\n`])
  })

  it('lists identity, compute, and the running rating servers', async () => {
    await using standIn = await startCatalyst({ data })
    const { token } = await logIn(standIn, login(byName, { project: { id: 'p1' } }))
    expect(token.catalog?.map(({ type }) => type)).toEqual(['identity', 'ratingv2', 'compute'])
    const endpoints = token.catalog?.[1]?.endpoints.map(({ interface: of, region_id, url }) => [of, region_id, url])
    expect(endpoints).toEqual(
      ['nz-por-1', 'nz-hlz-1'].flatMap(region =>
        ['public', 'internal', 'admin'].map(of => [of, region, `${standIn.regions[region]?.url}/`]),
      ),
    )
  })

  it('omits the catalog on request', async () => {
    await using standIn = await startCatalyst({ data })
    const { token } = await logIn(standIn, login(byName, { project: { id: 'p1' } }), '?nocatalog')
    expect(token.project?.id).toBe('p1')
    expect(token.catalog).toBeUndefined()
  })

  it('issues the same tokens for the same seed, and others for another seed', async () => {
    const tokens = await Promise.all(
      [1, 1, 2].map(async seed => {
        await using standIn = await startCatalyst({ data, seed })
        return [await getToken(standIn), await getToken(standIn)]
      }),
    )
    expect(tokens[0]).toEqual(tokens[1])
    expect(new Set(tokens.flat()).size).toBe(4)
  })
})

describe('the other routes', () => {
  it('list the API versions', async () => {
    await using standIn = await startCatalyst({ data })
    const root = await fetch(standIn.keystone.url)
    const versions = (await root.json()) as { versions: { values: { id: string; links: { href: string }[] }[] } }
    expect([root.status, versions.versions.values[0]?.id]).toEqual([300, 'v3.14'])
    expect(versions.versions.values[0]?.links[0]?.href).toBe(`${standIn.authUrl}/`)
    const v3 = await fetch(standIn.authUrl)
    expect([v3.status, await v3.json()]).toEqual([200, { version: versions.versions.values[0] }])
  })

  it('validate and revoke tokens', async () => {
    await using standIn = await startCatalyst({ data })
    const own = await getToken(standIn)
    const { id, token } = await logIn(standIn, login(byName, { project: { id: 'p1' } }))
    const call = (method: string, auth: string, subject: string) =>
      fetch(`${standIn.authUrl}/auth/tokens`, { method, headers: { 'X-Auth-Token': auth, 'X-Subject-Token': subject } })
    const valid = await call('GET', own, id)
    expect([valid.status, valid.headers.get('x-subject-token'), await valid.json()]).toEqual([200, id, { token }])
    expect((await call('GET', 'nonsense', id)).status).toBe(401)
    const revoked = await call('DELETE', own, id)
    expect([revoked.status, await revoked.text()]).toEqual([204, ''])
    const gone = await call('GET', own, id)
    const error = { code: 404, message: 'Failed to validate token', title: 'Not Found' }
    expect([gone.status, await gone.json()]).toEqual([404, { error }])
  })

  it('return the catalog to a scoped token only', async () => {
    await using standIn = await startCatalyst({ data })
    const { id, token } = await logIn(standIn, login(byName, { project: { id: 'p1' } }))
    const catalog = (auth: string) => fetch(`${standIn.authUrl}/auth/catalog`, { headers: { 'X-Auth-Token': auth } })
    const links = { self: `${standIn.authUrl}/auth/catalog` }
    expect(await (await catalog(id)).json()).toEqual({ catalog: token.catalog, links })
    expect((await catalog(await getToken(standIn))).status).toBe(403)
    expect((await catalog('nonsense')).status).toBe(401)
  })

  it('list the projects of the user, regardless of the token’s scope', async () => {
    await using standIn = await startCatalyst({ data })
    const headers = { 'X-Auth-Token': await getToken(standIn, passwordLogin(standIn, { project: { id: 'p2' } })) }
    const response = await fetch(`${standIn.authUrl}/auth/projects`, { headers })
    const { projects } = (await response.json()) as { projects: { id: string; enabled: boolean }[] }
    expect(projects.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['p1', true],
      ['p2', true],
      ['p3', false],
    ])
  })

  it('reject an expired token', async () => {
    let now = new Date('2026-11-21T09:00:00Z')
    await using standIn = await startCatalyst({ data, clock: () => now, tokenLifeSeconds: 60 })
    const headers = { 'X-Auth-Token': await getToken(standIn) }
    now = new Date('2026-11-21T09:01:00Z')
    expect((await fetch(`${standIn.authUrl}/auth/projects`, { headers })).status).toBe(401)
  })

  it('respond to unknown paths and methods with their own errors', async () => {
    await using standIn = await startCatalyst({ data })
    expect((await fetch(`${standIn.authUrl}/nothing`)).status).toBe(404)
    expect((await fetch(`${standIn.authUrl}/auth/projects`, { method: 'PUT' })).status).toBe(405)
  })
})
