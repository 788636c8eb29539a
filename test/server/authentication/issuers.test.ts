import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { IssuerKeySource } from '../../../src/access/caller-settings.js'
import { Authenticator } from '../../../src/server/authentication/authenticator.js'
import { UpstreamError } from '../../../src/upstream/http/errors.js'
import { TODAY } from '../../gateway.js'
import { NO_WAY, startGuarded } from './authenticated-gateway.js'
import { AUDIENCE, claimsOf, makeKey, type SigningKey, sign, startIssuer, type TestIssuer } from './issuer.js'

const CLAIMS = { scopes: 'scope', projects: 'projects', prefixes: 'prefixes', buyers: 'buyers' }

function settingsFor({ issuer }: TestIssuer, keys: IssuerKeySource = { kind: 'discovery' }) {
  const jwt = { issuers: [{ issuer, keys }], audiences: [AUDIENCE], maxLifetimeSeconds: 400 * 86_400, claims: CLAIMS }
  return { ...NO_WAY, jwt }
}

/** Says who sends a token, or why that is not known, at a time that the test moves on. */
function callers(issuer: TestIssuer, keys?: IssuerKeySource) {
  let now = TODAY
  const authenticator = new Authenticator(settingsFor(issuer, keys), { tokens: () => null, clock: () => now })
  return {
    send: async (key: SigningKey): Promise<string> => {
      const token = await sign(claimsOf(issuer, { exp: TODAY.getTime() / 1000 + 300 * 86_400 }), key)
      try {
        return (await authenticator.authenticate({ authorization: [`Bearer ${token}`] })).id
      } catch (error) {
        if (error instanceof UpstreamError) return error.message
        return (error as { reason: string }).reason
      }
    },
    advance: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
    [Symbol.asyncDispose]: () => authenticator[Symbol.asyncDispose](),
  }
}

const ONCE = ['GET /.well-known/openid-configuration', 'GET /keys']

describe('the keys of an issuer', () => {
  it('are fetched once, however many tokens come at once, and kept for ten minutes', async () => {
    await using issuer = await startIssuer()
    await using gate = callers(issuer)
    const all = await Promise.all(Array.from({ length: 50 }, () => gate.send(issuer.key)))
    expect(new Set(all)).toEqual(new Set([`jwt:${issuer.issuer}:ana`]))
    gate.advance(599)
    await gate.send(issuer.key)
    expect(issuer.requests).toEqual(ONCE)
    gate.advance(1)
    await gate.send(issuer.key)
    expect(issuer.requests).toEqual([...ONCE, ...ONCE])
  })

  it('are asked for again by a key nobody has heard of, but once in thirty seconds', async () => {
    await using issuer = await startIssuer()
    await using gate = callers(issuer)
    await gate.send(issuer.key)
    const strange = await makeKey('strange')
    gate.advance(29)
    const refused = await Promise.all(Array.from({ length: 50 }, () => gate.send(strange)))
    expect(new Set(refused)).toEqual(new Set(['jwt-key']))
    expect(issuer.requests).toEqual(ONCE)
    gate.advance(1)
    for (let times = 0; times < 50; times++) await gate.send(strange)
    expect(issuer.requests).toEqual([...ONCE, ...ONCE])
  })

  it('change when the issuer rotates them: the new is taken within thirty seconds, the old until ten minutes later', async () => {
    await using issuer = await startIssuer('old')
    await using gate = callers(issuer)
    await gate.send(issuer.key)
    const fresh = await makeKey('new')
    issuer.keys = [fresh.jwk]
    expect(await gate.send(fresh)).toBe('jwt-key')
    gate.advance(30)
    expect(await gate.send(fresh)).toBe(`jwt:${issuer.issuer}:ana`)
    expect(await gate.send(issuer.key)).toBe('jwt-key')
  })

  it('are good for a day while the issuer is down, and then nobody is let in', async () => {
    await using issuer = await startIssuer()
    await using gate = callers(issuer)
    await gate.send(issuer.key)
    issuer.fault = { status: 503, body: '' }
    for (const seconds of [600, 3_600, 82_199]) {
      gate.advance(seconds)
      expect(await gate.send(issuer.key)).toBe(`jwt:${issuer.issuer}:ana`)
    }
    gate.advance(1)
    expect(await gate.send(issuer.key)).toContain('answered with status 503')
    issuer.fault = null
    gate.advance(5)
    expect(await gate.send(issuer.key)).toBe(`jwt:${issuer.issuer}:ana`)
  })

  it('are asked for once in five seconds of an issuer that has never answered', async () => {
    await using issuer = await startIssuer()
    await using gate = callers(issuer)
    issuer.fault = { status: 500, body: '' }
    for (let times = 0; times < 20; times++) expect(await gate.send(issuer.key)).toContain('status 500')
    expect(issuer.requests).toHaveLength(1)
    gate.advance(5)
    await gate.send(issuer.key)
    expect(issuer.requests).toHaveLength(2)
  })

  it('are its own: two that have the same id, and one without an id beside another, are none', async () => {
    await using issuer = await startIssuer('a')
    await using gate = callers(issuer)
    issuer.keys = [issuer.key.jwk, (await makeKey('a')).jwk]
    expect(await gate.send(issuer.key)).toBe('jwt-key')
  })

  it.each<[string, (issuer: TestIssuer) => TestIssuer['fault'], string]>([
    ['a redirect', ({ issuer }) => ({ status: 302, body: '', headers: { location: `${issuer}/keys` } }), 'status 302'],
    ['a page', () => ({ status: 200, body: '<html>' }), 'the body is not JSON'],
    ['a megabyte', () => ({ status: 200, body: ' '.repeat(1_000_000) }), 'longer than 524288 bytes'],
    [
      'compressed',
      () => ({ status: 200, body: String(gzipSync('{}')), headers: { 'content-encoding': 'gzip' } }),
      'it is compressed',
    ],
    [
      "another issuer's configuration",
      ({ issuer }) => ({ status: 200, body: JSON.stringify({ issuer: `${issuer}/x`, jwks_uri: `${issuer}/keys` }) }),
      'the configuration of another issuer',
    ],
    [
      'an address of keys that is not https',
      ({ issuer }) => ({ status: 200, body: JSON.stringify({ issuer, jwks_uri: 'http://keys.example.com/keys' }) }),
      'jwks_uri is not an https URL',
    ],
  ])('are not taken from %s', async (_what, fault, problem) => {
    await using issuer = await startIssuer()
    await using gate = callers(issuer)
    issuer.fault = fault(issuer)
    expect(await gate.send(issuer.key)).toContain(problem)
    expect(issuer.requests).toHaveLength(1)
  })

  it.each([
    ['a list', []],
    ['no keys', { keys: [] }],
    ['a secret', { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'first', alg: 'HS256' }] }],
    ['a key for encryption', { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', use: 'enc' }] }],
  ])('are not taken from a set that is %s', async (_what, set) => {
    await using issuer = await startIssuer()
    await using gate = callers(issuer, { kind: 'url', url: `${issuer.issuer}/keys` })
    issuer.fault = { status: 200, body: JSON.stringify(set) }
    expect(await gate.send(issuer.key)).toContain('no key in it that verifies signatures')
  })

  it('that are too short are none', async () => {
    await using issuer = await startIssuer()
    await using gate = callers(issuer)
    issuer.keys = [{ kty: 'RSA', n: 'x'.repeat(128), e: 'AQAB', kid: 'first' }]
    expect(await gate.send(await makeKey('first', 'RS256'))).toBe('jwt-key')
  })

  it('that cannot be had are no fault of the caller: 503, and nothing is asked', async () => {
    await using issuer = await startIssuer()
    issuer.fault = { status: 500, body: 'SECRET' }
    await using guarded = await startGuarded(settingsFor(issuer))
    const token = await sign(claimsOf(issuer), issuer.key)
    const { status, text } = await guarded.ask({ authorization: `Bearer ${token}` })
    expect(status).toBe(503)
    expect(JSON.parse(text)).toMatchObject({
      errors: [
        {
          message: 'Who sends the request cannot be told at the moment.',
          extensions: { code: 'UPSTREAM_UNAVAILABLE', requestId: expect.any(String) },
        },
      ],
    })
    expect(guarded.upstreamCalls()).toBe(0)
    expect(guarded.gateway.log.join('')).toContain('The issuer of tokens answered with status 500')
    expect(guarded.gateway.log.join('')).not.toContain('SECRET')
  })
})
