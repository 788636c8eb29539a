import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { IssuerKeySource } from '../../../src/access/caller-settings.js'
import { Authenticator } from '../../../src/server/authentication/authenticator.js'
import { UpstreamError } from '../../../src/upstream/http/errors.js'
import { TODAY } from '../../gateway.js'
import { NO_METHODS, startAuthenticatedGateway } from './authenticated-gateway.js'
import { AUDIENCE, claimsOf, makeKey, type SigningKey, sign, startIssuer, type TestIssuer } from './issuer.js'

const CLAIMS = { scopes: 'scope', projects: 'projects', prefixes: 'prefixes', buyers: 'buyers' }

function settingsFor({ issuer }: TestIssuer, keys: IssuerKeySource = { kind: 'discovery' }) {
  const jwt = { issuers: [{ issuer, keys }], audiences: [AUDIENCE], maxLifetimeSeconds: 400 * 86_400, claims: CLAIMS }
  return { ...NO_METHODS, jwt }
}

/** Authenticates tokens, on a clock that the test advances. */
function startAuthenticator(issuer: TestIssuer, keys?: IssuerKeySource) {
  let now = TODAY
  const authenticator = new Authenticator(settingsFor(issuer, keys), { tokens: () => null, clock: () => now })
  return {
    /** The principal's id, or the reason why there is none. */
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
  it('are fetched once for concurrent tokens, and cached for ten minutes', async () => {
    await using issuer = await startIssuer()
    await using authenticator = startAuthenticator(issuer)
    const all = await Promise.all(Array.from({ length: 50 }, () => authenticator.send(issuer.key)))
    expect(new Set(all)).toEqual(new Set([`jwt:${issuer.issuer}:ana`]))
    authenticator.advance(599)
    await authenticator.send(issuer.key)
    expect(issuer.requests).toEqual(ONCE)
    authenticator.advance(1)
    await authenticator.send(issuer.key)
    expect(issuer.requests).toEqual([...ONCE, ...ONCE])
  })

  it('are fetched again for an unknown key, but once in 30 seconds', async () => {
    await using issuer = await startIssuer()
    await using authenticator = startAuthenticator(issuer)
    await authenticator.send(issuer.key)
    const unknown = await makeKey('unknown')
    authenticator.advance(29)
    const refused = await Promise.all(Array.from({ length: 50 }, () => authenticator.send(unknown)))
    expect(new Set(refused)).toEqual(new Set(['jwt-key']))
    expect(issuer.requests).toEqual(ONCE)
    authenticator.advance(1)
    for (let times = 0; times < 50; times++) await authenticator.send(unknown)
    expect(issuer.requests).toEqual([...ONCE, ...ONCE])
  })

  it('are rotated: the new key is accepted within 30 seconds, and the old one no longer', async () => {
    await using issuer = await startIssuer('old')
    await using authenticator = startAuthenticator(issuer)
    await authenticator.send(issuer.key)
    const fresh = await makeKey('new')
    issuer.keys = [fresh.jwk]
    expect(await authenticator.send(fresh)).toBe('jwt-key')
    authenticator.advance(30)
    expect(await authenticator.send(fresh)).toBe(`jwt:${issuer.issuer}:ana`)
    expect(await authenticator.send(issuer.key)).toBe('jwt-key')
  })

  it('are valid for a day while the issuer is down, and no longer', async () => {
    await using issuer = await startIssuer()
    await using authenticator = startAuthenticator(issuer)
    await authenticator.send(issuer.key)
    issuer.fault = { status: 503, body: '' }
    for (const seconds of [600, 3_600, 82_199]) {
      authenticator.advance(seconds)
      expect(await authenticator.send(issuer.key)).toBe(`jwt:${issuer.issuer}:ana`)
    }
    authenticator.advance(1)
    expect(await authenticator.send(issuer.key)).toContain('answered with status 503')
    issuer.fault = null
    authenticator.advance(5)
    expect(await authenticator.send(issuer.key)).toBe(`jwt:${issuer.issuer}:ana`)
  })

  it('are fetched once in five seconds while the issuer has never answered', async () => {
    await using issuer = await startIssuer()
    await using authenticator = startAuthenticator(issuer)
    issuer.fault = { status: 500, body: '' }
    for (let times = 0; times < 20; times++) expect(await authenticator.send(issuer.key)).toContain('status 500')
    expect(issuer.requests).toHaveLength(1)
    authenticator.advance(5)
    await authenticator.send(issuer.key)
    expect(issuer.requests).toHaveLength(2)
  })

  it('are not used when two of them have the same id', async () => {
    await using issuer = await startIssuer('a')
    await using authenticator = startAuthenticator(issuer)
    issuer.keys = [issuer.key.jwk, (await makeKey('a')).jwk]
    expect(await authenticator.send(issuer.key)).toBe('jwt-key')
  })

  it.each<[string, (issuer: TestIssuer) => TestIssuer['fault'], string]>([
    ['a redirect', ({ issuer }) => ({ status: 302, body: '', headers: { location: `${issuer}/keys` } }), 'status 302'],
    ['an HTML page', () => ({ status: 200, body: '<html>' }), 'the body is not JSON'],
    ['a megabyte', () => ({ status: 200, body: ' '.repeat(1_000_000) }), 'longer than 524288 bytes'],
    [
      'a compressed body',
      () => ({ status: 200, body: String(gzipSync('{}')), headers: { 'content-encoding': 'gzip' } }),
      'it is compressed',
    ],
    [
      "another issuer's configuration",
      ({ issuer }) => ({ status: 200, body: JSON.stringify({ issuer: `${issuer}/x`, jwks_uri: `${issuer}/keys` }) }),
      'the configuration of another issuer',
    ],
    [
      'a keys URL that is not https',
      ({ issuer }) => ({ status: 200, body: JSON.stringify({ issuer, jwks_uri: 'http://keys.example.com/keys' }) }),
      'jwks_uri is not an https URL',
    ],
  ])('are not accepted from %s', async (_what, fault, problem) => {
    await using issuer = await startIssuer()
    await using authenticator = startAuthenticator(issuer)
    issuer.fault = fault(issuer)
    expect(await authenticator.send(issuer.key)).toContain(problem)
    expect(issuer.requests).toHaveLength(1)
  })

  it.each([
    ['a list', []],
    ['no keys', { keys: [] }],
    ['a secret', { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'first', alg: 'HS256' }] }],
    ['a key for encryption', { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', use: 'enc' }] }],
  ])('are not accepted from a set that is %s', async (_what, set) => {
    await using issuer = await startIssuer()
    await using authenticator = startAuthenticator(issuer, { kind: 'url', url: `${issuer.issuer}/keys` })
    issuer.fault = { status: 200, body: JSON.stringify(set) }
    expect(await authenticator.send(issuer.key)).toContain('it has no key that verifies signatures')
  })

  it('that are too short are not used', async () => {
    await using issuer = await startIssuer()
    await using authenticator = startAuthenticator(issuer)
    issuer.keys = [{ kty: 'RSA', n: 'x'.repeat(128), e: 'AQAB', kid: 'first' }]
    expect(await authenticator.send(await makeKey('first', 'RS256'))).toBe('jwt-key')
  })

  it('that cannot be fetched give 503, and no other upstream is called', async () => {
    await using issuer = await startIssuer()
    issuer.fault = { status: 500, body: 'SECRET' }
    await using server = await startAuthenticatedGateway(settingsFor(issuer))
    const token = await sign(claimsOf(issuer), issuer.key)
    const { status, text } = await server.ask({ authorization: `Bearer ${token}` })
    expect(status).toBe(503)
    expect(JSON.parse(text)).toMatchObject({
      errors: [
        {
          message: 'The credential cannot be checked at the moment. Retry later.',
          extensions: { code: 'UPSTREAM_UNAVAILABLE', requestId: expect.any(String) },
        },
      ],
    })
    expect(server.upstreamCalls()).toBe(0)
    expect(server.gateway.log.join('')).toContain('The issuer of tokens answered with status 500')
    expect(server.gateway.log.join('')).not.toContain('SECRET')
  })
})
