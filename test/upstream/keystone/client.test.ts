import { describe, expect, it } from 'vitest'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import {
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamStatusError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'
import type { KeystoneCredential } from '../../../src/upstream/keystone/credential.js'
import {
  clock,
  openBilling,
  openClient,
  SECRET,
  settingsFor,
  settingsForStandIn,
  TODAY,
} from '../catalyst/open-client.js'
import { failureOf, seenOf } from '../catalyst/seen-of-error.js'
import { startKeystone } from './keystone-server.js'

const alice = { name: 'alice', domain: { name: 'Default' } }
const wcc = { name: 'wcc.example.nz', domain: { id: 'default' } }

/** A clock that tests move. */
function movableClock(): { now: Date; readonly clock: () => Date; pass(seconds: number): void } {
  const moved = {
    now: TODAY,
    clock: () => moved.now,
    pass: (seconds: number) => {
      moved.now = new Date(moved.now.getTime() + seconds * 1000)
    },
  }
  return moved
}

describe('a login', () => {
  it.each<[string, KeystoneCredential, object]>([
    [
      'a password, user and project by name',
      { method: 'password', user: alice, password: SECRET, project: wcc },
      {
        identity: { methods: ['password'], password: { user: { ...alice, password: SECRET } } },
        scope: { project: wcc },
      },
    ],
    [
      'a password, user and project by id',
      { method: 'password', user: { id: 'u1' }, password: SECRET, project: { id: 'p1' } },
      {
        identity: { methods: ['password'], password: { user: { id: 'u1', password: SECRET } } },
        scope: { project: { id: 'p1' } },
      },
    ],
    [
      'an application credential by id, which is never scoped',
      { method: 'application_credential', credential: { id: 'c1' }, secret: SECRET },
      {
        identity: { methods: ['application_credential'], application_credential: { id: 'c1', secret: SECRET } },
      },
    ],
    [
      'an application credential by name and user, which is never scoped',
      { method: 'application_credential', credential: { name: 'gateway', user: alice }, secret: SECRET },
      {
        identity: {
          methods: ['application_credential'],
          application_credential: { name: 'gateway', user: alice, secret: SECRET },
        },
      },
    ],
    [
      'a token to be scoped to a project',
      { method: 'token', token: SECRET, project: { id: 'p1' } },
      { identity: { methods: ['token'], token: { id: SECRET } }, scope: { project: { id: 'p1' } } },
    ],
  ])('sends the documented request for %s', async (_, credential, auth) => {
    await using keystone = await startKeystone({ clock })
    await using opened = openClient(settingsFor(keystone.authUrl, { credential }))

    const session = await opened.keystone.session()

    expect(session).toMatchObject({ token: 'token-1', project: { id: 'p1', name: 'one' }, roles: ['_member_'] })
    expect(keystone.requests).toEqual(['POST /v3/auth/tokens'])
    const [asked] = keystone.asked
    expect(JSON.parse(asked?.body ?? '')).toEqual({ auth })
    expect(asked?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' })
    expect(asked?.query.size).toBe(0)
  })

  it('validates a configured token when no project is configured', async () => {
    await using keystone = await startKeystone({ clock })
    const credential = { method: 'token', token: SECRET, project: null } as const
    await using opened = openClient(settingsFor(keystone.authUrl, { credential }))

    const session = await opened.keystone.session()

    expect(session).toMatchObject({ token: SECRET, project: { id: 'p1', name: 'one' } })
    expect(keystone.requests).toEqual(['GET /v3/auth/tokens'])
    expect(keystone.asked[0]?.headers).toMatchObject({ 'x-auth-token': SECRET, 'x-subject-token': SECRET })
    expect(keystone.asked[0]?.body).toBe('')
  })

  it('succeeds at the stand-in with every kind of credential', async () => {
    await using catalyst = await startCatalyst({ clock })
    const { credentials } = catalyst
    const { username, userDomainName, projectId } = credentials
    const user = { name: username, domain: { name: userDomainName } }
    const secret = credentials.applicationCredentialSecret
    const first = openClient(settingsForStandIn(catalyst))
    const { token } = await first.keystone.session()
    const all: readonly KeystoneCredential[] = [
      { method: 'application_credential', credential: { id: credentials.applicationCredentialId }, secret },
      { method: 'application_credential', credential: { name: 'gateway', user }, secret },
      { method: 'token', token, project: { id: projectId } },
      { method: 'token', token, project: null },
    ]
    for (const credential of all) {
      await using opened = openClient(settingsForStandIn(catalyst, { credential }))
      expect((await opened.keystone.session()).project.id).toBe(projectId)
      expect(await opened.client.regions()).toEqual(['nz-por-1', 'nz-hlz-1'])
    }
    await first[Symbol.asyncDispose]()
  })
})

describe('a session', () => {
  it('is renewed as soon as two minutes are left before it expires', async () => {
    const time = movableClock()
    await using keystone = await startKeystone({ clock: time.clock, lifeSeconds: 3600 })
    await using opened = openClient(settingsFor(keystone.authUrl), time.clock)

    const first = await opened.keystone.session()
    time.pass(3600 - 121)
    expect(await opened.keystone.session()).toBe(first)
    time.pass(1)
    const second = await opened.keystone.session()

    expect([first.token, second.token]).toEqual(['token-1', 'token-2'])
    expect(keystone.requests).toHaveLength(2)
  })

  it('is requested once for a hundred concurrent callers', async () => {
    await using keystone = await startKeystone({ clock })
    await using opened = openClient(settingsFor(keystone.authUrl))

    const sessions = await Promise.all(Array.from({ length: 100 }, () => opened.keystone.session()))

    expect(new Set(sessions).size).toBe(1)
    expect(keystone.requests).toHaveLength(1)
  })

  it('is requested again after a failure, which all concurrent callers share', async () => {
    const time = movableClock()
    await using keystone = await startKeystone({ clock: time.clock })
    await using opened = openClient(settingsFor(keystone.authUrl), time.clock)
    keystone.intercept = () => ({ status: 503, headers: { 'Retry-After': '7' } })

    const failures = await Promise.all([1, 2, 3].map(() => failureOf(opened.keystone.session())))
    expect(new Set(failures).size).toBe(1)
    expect(failures[0]).toBeInstanceOf(UpstreamStatusError)
    expect(failures[0]).toMatchObject({ upstream: 'keystone', status: 503, retryable: true, retryAfter: 7 })

    keystone.intercept = undefined
    time.pass(7)
    expect((await opened.keystone.session()).token).toBe('token-1')
    expect(keystone.requests).toHaveLength(2)
  })

  it('of a token that lasts a minute is used for three quarters of that', async () => {
    const time = movableClock()
    await using keystone = await startKeystone({ clock: time.clock, lifeSeconds: 60 })
    await using opened = openClient(settingsFor(keystone.authUrl), time.clock)
    expect((await opened.keystone.session()).token).toBe('token-1')
    time.pass(44)
    expect((await opened.keystone.session()).token).toBe('token-1')
    time.pass(1)
    expect((await opened.keystone.session()).token).toBe('token-2')
  })

  it("lasts as long by Keystone's clock, when the gateway's is hours ahead", async () => {
    const time = movableClock()
    await using keystone = await startKeystone({ clock, lifeSeconds: 3600, hasIssueTime: true })
    await using opened = openClient(settingsFor(keystone.authUrl), time.clock)
    time.pass(7200)
    const first = await opened.keystone.session()
    time.pass(3600 - 121)
    expect(await opened.keystone.session()).toBe(first)
    time.pass(1)
    expect((await opened.keystone.session()).token).toBe('token-2')
  })

  it('is requested at most once in five seconds, even when tokens are issued expired', async () => {
    const time = movableClock()
    await using keystone = await startKeystone({ clock: time.clock, lifeSeconds: -7200 })
    await using opened = openClient(settingsFor(keystone.authUrl), time.clock)
    for (let second = 0; second < 20; second++) {
      await Promise.all([1, 2, 3].map(() => opened.keystone.session()))
      time.pass(1)
    }
    expect(keystone.requests).toHaveLength(4)
  })

  it.each([null, { id: 'p1' }])('of a configured token (project %j) is used until it expires', async project => {
    const time = movableClock()
    await using keystone = await startKeystone({ clock: time.clock, lifeSeconds: 100 })
    const credential = { method: 'token', token: SECRET, project } as const
    await using opened = openClient(settingsFor(keystone.authUrl, { credential }), time.clock)

    const first = await opened.keystone.session()
    time.pass(99)
    expect(await opened.keystone.session()).toBe(first)
    expect(keystone.requests).toHaveLength(1)

    time.pass(1)
    keystone.intercept = () => ({
      status: 404,
      body: '{"error": {"code": 404, "message": "Failed to validate token"}}',
    })
    expect(await failureOf(opened.keystone.session())).toBeInstanceOf(UpstreamDeniedError)
  })

  it('without a project is refused', async () => {
    await using keystone = await startKeystone({ clock, project: null })
    await using opened = openClient(settingsFor(keystone.authUrl))
    const failure = await failureOf(opened.keystone.session())
    expect(failure).toBeInstanceOf(UpstreamDeniedError)
    expect(failure.message).toBe('Keystone issued a token without a project: configure one (POST /v3/auth/tokens)')
  })

  it('is not dropped for a token that it has already replaced', async () => {
    await using keystone = await startKeystone({ clock })
    await using opened = openClient(settingsFor(keystone.authUrl))
    const old = await opened.keystone.session()
    opened.keystone.drop(old.token)
    const renewed = await opened.keystone.session()

    opened.keystone.drop(old.token)

    expect(await opened.keystone.session()).toBe(renewed)
    expect(keystone.requests).toHaveLength(2)
  })
})

describe('a token without its catalog', () => {
  const rating = { interface: 'public', region_id: 'nz-por-1', url: 'https://rating.example.com/' }
  const catalog = [{ type: 'ratingv2', endpoints: [rating] }]

  it.each<[string, KeystoneCredential]>([
    ['handed in', { method: 'token', token: SECRET, project: null }],
    ['issued', { method: 'password', user: alice, password: SECRET, project: wcc }],
  ])('that was %s has it requested once', async (_, credential) => {
    await using keystone = await startKeystone({ clock, catalog, isCatalogApart: true })
    await using opened = openClient(settingsFor(keystone.authUrl, { credential }))

    expect(await opened.client.regions()).toEqual(['nz-por-1'])
    expect(await opened.client.regions()).toEqual(['nz-por-1'])

    const { token } = await opened.keystone.session()
    expect(keystone.requests.slice(1)).toEqual(['GET /v3/auth/catalog'])
    expect(keystone.asked[1]?.headers['x-auth-token']).toBe(token)
  })

  it('uses the configured endpoints if it may not read the catalog, and says so if there are none', async () => {
    await using keystone = await startKeystone({ clock, isCatalogApart: true })
    keystone.intercept = ({ path }) => (path === '/v3/auth/catalog' ? { status: 403, body: '{}' } : undefined)
    await using bare = openClient(settingsFor(keystone.authUrl))
    expect((await failureOf(bare.client.regions())).message).toContain('lists no ratingv2 service')
    const endpoints = new Map([['nz-por-1', 'https://rating.example.com']])
    await using opened = openClient(settingsFor(keystone.authUrl, { endpoints }))
    expect(await opened.client.regions()).toEqual(['nz-por-1'])
  })

  it('makes no session while its catalog cannot be read', async () => {
    await using keystone = await startKeystone({ clock, catalog, isCatalogApart: true })
    keystone.intercept = ({ path }) => (path === '/v3/auth/catalog' ? { status: 503 } : undefined)
    await using opened = openClient(settingsFor(keystone.authUrl))
    expect(await failureOf(opened.client.regions())).toMatchObject({ status: 503, operation: 'GET /v3/auth/catalog' })
    keystone.intercept = undefined
    expect(await opened.client.regions()).toEqual(['nz-por-1'])
  })
})

describe('a token at shutdown', () => {
  /** What was revoked: `token-1`. */
  const revokedAt = ({ asked }: Awaited<ReturnType<typeof startKeystone>>) =>
    asked.filter(({ method }) => method === 'DELETE').map(({ headers }) => headers['x-subject-token'])

  it('is revoked if Keystone issued it here: the newest one, with itself', async () => {
    await using keystone = await startKeystone({ clock })
    const { billing, [Symbol.asyncDispose]: close } = openBilling(settingsFor(keystone.authUrl))
    await billing.ownProjectId()
    await close()
    expect(keystone.requests).toEqual(['POST /v3/auth/tokens', 'DELETE /v3/auth/tokens'])
    expect(keystone.asked[1]?.headers).toMatchObject({ 'x-auth-token': 'token-1', 'x-subject-token': 'token-1' })
  })

  it('is revoked with all others that have not expired, of a hundred with the newest', async () => {
    const time = movableClock()
    await using keystone = await startKeystone({ clock: time.clock, lifeSeconds: 100 })
    const { billing, [Symbol.asyncDispose]: close } = openBilling(settingsFor(keystone.authUrl), { clock: time.clock })
    await billing.ownProjectId()
    const opened = openClient(settingsFor(keystone.authUrl), time.clock)
    for (let renewal = 0; renewal < 4; renewal++) {
      await opened.keystone.session()
      time.pass(75)
    }
    await opened.keystone.revoke()
    expect(revokedAt(keystone)).toEqual(['token-5'])
    for (let refusal = 0; refusal < 100; refusal++) opened.keystone.drop((await opened.keystone.session()).token)
    await opened.keystone.revoke()
    expect(revokedAt(keystone)).toHaveLength(33)
    expect(revokedAt(keystone)).toContain('token-105')
    await opened[Symbol.asyncDispose]()
    await close()
  })

  it('is revoked even if it has no project', async () => {
    await using keystone = await startKeystone({ clock, project: null })
    const { billing, [Symbol.asyncDispose]: close } = openBilling(settingsFor(keystone.authUrl))
    await failureOf(billing.ownProjectId())
    await close()
    expect(revokedAt(keystone)).toEqual(['token-1'])
  })

  it.each([
    [null, []],
    [{ id: 'p1' }, ['token-1']],
  ])(
    'is left to its owner where it was handed in; what was got for it (project %j) is not',
    async (project, revoked) => {
      await using keystone = await startKeystone({ clock })
      const credential = { method: 'token', token: SECRET, project } as const
      const { billing, [Symbol.asyncDispose]: close } = openBilling(settingsFor(keystone.authUrl, { credential }))
      await billing.ownProjectId()
      await close()
      expect(revokedAt(keystone)).toEqual(revoked)
    },
  )

  it('is not requested only to be revoked', async () => {
    await using keystone = await startKeystone({ clock })
    const { [Symbol.asyncDispose]: close } = openBilling(settingsFor(keystone.authUrl))
    await close()
    expect(keystone.requests).toEqual([])
  })

  it.each(['reset', 'hang', 'refuse'])('delays no shutdown when Keystone does not revoke it: %s', async fault => {
    await using keystone = await startKeystone({ clock })
    const { billing, [Symbol.asyncDispose]: close } = openBilling(settingsFor(keystone.authUrl))
    await billing.ownProjectId()
    const never = new Promise<undefined>(() => {})
    keystone.intercept = () => (fault === 'hang' ? never : fault === 'reset' ? 'reset' : { status: 401, body: '{}' })
    await close()
    expect(revokedAt(keystone).length).toBeLessThanOrEqual(1)
  })
})

describe('the projects of a user', () => {
  it('are the enabled ones, listed with the current token and without a login', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst))
    expect(await opened.billing.projects()).toEqual([])
    expect(catalyst.keystone.requests).toEqual([])
    const own = await opened.billing.ownProjectId()
    const projects = await opened.billing.projects()
    expect(projects.map(({ id }) => id)).toContain(own)
    expect(projects.filter(({ enabled }) => !enabled)).toEqual([])
    expect(catalyst.keystone.requests).toEqual(['POST /v3/auth/tokens', 'GET /v3/auth/projects'])
  })

  it('are not requested with an application credential, which is bound to one', async () => {
    await using catalyst = await startCatalyst({ clock })
    const { applicationCredentialId: id, applicationCredentialSecret: secret } = catalyst.credentials
    const credential = { method: 'application_credential', credential: { id }, secret } as const
    await using opened = openBilling(settingsForStandIn(catalyst, { credential }))
    await opened.billing.ownProjectId()
    expect(await opened.billing.projects()).toEqual([])
    expect(catalyst.keystone.requests).toEqual(['POST /v3/auth/tokens'])
  })
})

describe('a token that a rating server refuses', () => {
  const question = { projectId: null, region: 'nz-por-1', detailed: false }

  it('is renewed once, and the request is retried once', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openClient(settingsForStandIn(catalyst))
    await opened.client.listQuotations(question)
    catalyst.revokeTokens()

    await opened.client.listQuotations(question)

    expect(catalyst.keystone.requests).toEqual(['POST /v3/auth/tokens', 'POST /v3/auth/tokens'])
    expect(catalyst.requests).toEqual(Array.from({ length: 3 }, () => 'GET /v2/quotations'))
  })

  it('twice in a row is not renewed again', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openClient(settingsForStandIn(catalyst))
    const tokens = refuseAll(catalyst)

    const failure = await failureOf(opened.client.listQuotations(question))

    expect(failure).toBeInstanceOf(UpstreamDeniedError)
    expect(failure).toMatchObject({ upstream: 'catalyst', operation: 'GET /v2/quotations', retryable: false })
    expect(new Set(tokens).size).toBe(2)
    expect(tokens).toHaveLength(2)
    for (const token of tokens) expect(seenOf(failure)).not.toContain(token)
    expect(catalyst.keystone.requests).toHaveLength(2)
  })

  it('is renewed once for all its requests, also for one that is refused late', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openClient(settingsForStandIn(catalyst))
    const { token } = await opened.keystone.session()
    catalyst.revokeTokens()
    const renewed = Promise.withResolvers<undefined>()
    const rating = catalyst.regions['nz-por-1']
    if (!rating) throw new Error('no such region')
    let count = 0
    rating.intercept = async ({ headers }) => {
      count++
      // The second question's refusal comes when the first has long been answered with a new token.
      if (headers['x-auth-token'] === token && count === 2) await renewed.promise
      return undefined
    }

    const first = opened.client.listQuotations(question)
    const second = opened.client.listQuotations({ ...question, detailed: !question.detailed })
    await Promise.race([first, second])
    renewed.resolve(undefined)
    await Promise.all([first, second])

    expect(catalyst.keystone.requests).toHaveLength(2)
    expect(rating.requests).toHaveLength(4)
  })

  it('is renewed once for twenty concurrent requests', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openClient(settingsForStandIn(catalyst))
    await opened.keystone.session()
    catalyst.revokeTokens()
    const usage = (day: number) => ({ projectId: null, region: 'nz-por-1', start: `2026-10-${day + 10}`, end: null })
    await Promise.all(Array.from({ length: 20 }, (_, day) => opened.client.listMeasurements(usage(day))))
    expect(catalyst.keystone.requests).toHaveLength(2)
  })
})

describe('an invalid response of Keystone', () => {
  const body = (token: object) => JSON.stringify({ token })
  const good = { expires_at: '2026-11-22T00:35:10.000000Z', project: { id: 'p1', name: 'one' } }
  const header = { 'X-Subject-Token': SECRET }

  it.each<[string, Record<string, string>, string]>([
    ['a page', header, `<html>${SECRET}</html>`],
    ['nothing', header, ''],
    ['no token in its header', {}, body(good)],
    ['a token with a blank', { 'X-Subject-Token': 'a b' }, body(good)],
    ['a token far too long', { 'X-Subject-Token': 'a'.repeat(8193) }, body(good)],
    ['no expiry', header, body({ project: good.project })],
    ['an expiry that is no instant', header, body({ ...good, expires_at: SECRET })],
    ['an expiry without a zone', header, body({ ...good, expires_at: '2026-11-22T00:35:10' })],
    [
      'a list for the catalog’s endpoints’ object',
      header,
      body({ ...good, catalog: [{ type: SECRET, endpoints: {} }] }),
    ],
    [
      'an endpoint without an address',
      header,
      body({ ...good, catalog: [{ type: 'a', endpoints: [{ interface: 'a' }] }] }),
    ],
    ['a project without an id', header, body({ ...good, project: { name: SECRET } })],
    ['a list', header, `[{"token": ${body(good)}}]`],
    ['half of it', header, body(good).slice(0, -10)],
  ])('is refused: %s', async (_, headers, text) => {
    await using keystone = await startKeystone({ clock })
    keystone.intercept = () => ({
      status: 201,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: text,
    })
    await using opened = openClient(settingsFor(keystone.authUrl))

    const failure = await failureOf(opened.keystone.session())

    expect(failure).toBeInstanceOf(UpstreamFormatError)
    expect(failure).toMatchObject({ upstream: 'keystone', operation: 'POST /v3/auth/tokens' })
    expect(seenOf(failure)).not.toContain(SECRET)
  })
})

describe('errors of a login', () => {
  const credentials: readonly KeystoneCredential[] = [
    { method: 'password', user: alice, password: SECRET, project: wcc },
    { method: 'application_credential', credential: { id: 'c1' }, secret: SECRET },
    { method: 'token', token: SECRET, project: null },
    { method: 'token', token: SECRET, project: { id: 'p1' } },
  ]

  it.each(credentials)('quote neither password nor token: %#', async credential => {
    await using keystone = await startKeystone({ clock })
    await using opened = openClient(settingsFor(keystone.authUrl, { credential }))
    const echo = JSON.stringify({ error: { code: 401, message: SECRET, title: SECRET } })
    const answers = [400, 401, 403, 404, 409, 429, 500, 503].map(status => ({ status, body: echo }))
    for (const answer of answers) {
      keystone.intercept = () => answer
      const failure = await failureOf(opened.keystone.session())
      const isRefusal = [400, 401, 403, 404].includes(answer.status)
      expect(failure).toBeInstanceOf(isRefusal ? UpstreamDeniedError : UpstreamStatusError)
      expect(seenOf(failure)).not.toContain(SECRET)
    }
    keystone.intercept = () => 'reset'
    const cut = await failureOf(opened.keystone.session())
    expect(cut).toBeInstanceOf(UpstreamUnreachableError)
    expect(seenOf(cut)).not.toContain(SECRET)

    await keystone.close()
    const gone = await failureOf(opened.keystone.session())
    expect(gone).toBeInstanceOf(UpstreamUnreachableError)
    expect(seenOf(gone)).not.toContain(SECRET)
  })

  it('of a rating request quote no token either', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst))
    await using sight = openClient(settingsForStandIn(catalyst))
    const { token } = await sight.keystone.session()
    const tokens = [token]
    for (const server of Object.values(catalyst.regions)) {
      server.intercept = ({ headers }) => {
        tokens.push(headers['x-auth-token'] ?? '')
        return tokens.length % 2 === 0 ? 'reset' : { status: 500, body: headers['x-auth-token'] ?? '' }
      }
    }
    const question = { projectId: catalyst.credentials.projectId, regions: ['nz-por-1', 'nz-hlz-1'], detailed: true }

    const failure = await failureOf(opened.billing.quotation(question))

    expect(tokens.length).toBeGreaterThanOrEqual(3)
    for (const secret of [...tokens, catalyst.credentials.password]) expect(seenOf(failure)).not.toContain(secret)
  })
})

/** Makes the first region refuse whatever it is shown; the tokens shown are collected. */
function refuseAll(catalyst: CatalystStandIn): readonly string[] {
  const tokens: string[] = []
  const rating = catalyst.regions['nz-por-1']
  if (!rating) throw new Error('no such region')
  rating.intercept = ({ headers }) => {
    tokens.push(headers['x-auth-token'] ?? '')
    return { status: 401, headers: { 'Content-Type': 'application/json' }, body: '{}' }
  }
  return tokens
}
