import { createHmac } from 'node:crypto'
import { exportSPKI, importJWK, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JwtSettings } from '../../../src/access/caller-settings.js'
import { readKeySet } from '../../../src/access/key-set.js'
import {
  type AuthenticatedGateway,
  NO_METHODS,
  REFUSAL,
  reasonsIn,
  startAuthenticatedGateway,
  withoutId,
} from './authenticated-gateway.js'
import { AUDIENCE, claimsOf, makeKey, NOW, type SigningKey, sign, startIssuer, type TestIssuer } from './issuer.js'

const CLAIMS = {
  scopes: 'scope',
  projects: 'billgraph_projects',
  prefixes: '/billgraph/prefixes',
  buyers: 'https://billgraph.example.com/buyers',
}

let [first, second]: TestIssuer[] = []
let fixed: SigningKey
let server: AuthenticatedGateway

beforeAll(async () => {
  ;[first, second, fixed] = await Promise.all([startIssuer('a'), startIssuer('b'), makeKey('c', 'EdDSA')])
  server = await startAuthenticatedGateway({ ...NO_METHODS, jwt: settings() })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await Promise.all([first?.[Symbol.asyncDispose](), second?.[Symbol.asyncDispose]()])
})

const FIXED = { issuer: 'https://fixed.example.com' }

function settings(): JwtSettings {
  const set = readKeySet({ keys: [fixed.jwk] })
  if (!set) throw new Error('no key set')
  return {
    issuers: [
      { issuer: one().issuer, keys: { kind: 'discovery' } },
      { issuer: other().issuer, keys: { kind: 'url', url: `${other().issuer}/keys` } },
      { ...FIXED, keys: { kind: 'set', set } },
    ],
    audiences: ['something-else', AUDIENCE],
    maxLifetimeSeconds: 86_400,
    claims: CLAIMS,
  }
}

function one(): TestIssuer {
  if (!first) throw new Error('not started')
  return first
}

function other(): TestIssuer {
  if (!second) throw new Error('not started')
  return second
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('a token of a trusted issuer', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['found by discovery', () => sign(claimsOf(one()), one().key), 'first'],
    ['of a JWKS at a URL', () => sign(claimsOf(other()), other().key), 'second'],
    ['of a JWKS in a file', () => sign(claimsOf(FIXED), fixed), 'fixed'],
    ['for several audiences', () => sign(claimsOf(one(), { aud: ['x', AUDIENCE] }), one().key), 'first'],
    ['without a type', () => sign(claimsOf(one()), one().key, { typ: undefined }), 'first'],
    ['of the type JWT', () => sign(claimsOf(one()), one().key, { typ: 'JWT' }), 'first'],
    ['without a key id', () => sign(claimsOf(one()), one().key, { kid: undefined }), 'first'],
    ['that expired within the clock tolerance', () => sign(claimsOf(one(), { exp: NOW - 9 }), one().key), 'first'],
  ])('%s authenticates its subject', async (_what, token, issuer) => {
    const response = await server.ask(bearer(await token()))

    expect(response.status).toBe(200)
    const name = { first: one().issuer, second: other().issuer, fixed: FIXED.issuer }[issuer]
    expect(server.lastPrincipal?.id).toBe(`jwt:${name}:ana`)
  })

  it('grants scopes and data by its claims', async () => {
    const claims = claimsOf(one(), {
      sub: 'ana:1|ä',
      scope: 'openid billing:read costs:read',
      billgraph_projects: ['p1', 'p2'],
      billgraph: { prefixes: '*' },
      [CLAIMS.buyers]: '42',
    })
    await server.ask(bearer(await sign(claims, one().key)))

    expect(server.lastPrincipal).toEqual({
      id: `jwt:${one().issuer}:ana%3A1%7C%C3%A4`,
      scopes: new Set(['billing:read', 'costs:read']),
      grants: { projects: new Set(['p1', 'p2']), prefixes: '*', buyers: new Set(['42']) },
    })
  })

  it('grants nothing by a missing claim', async () => {
    await server.ask(bearer(await sign(claimsOf(one(), { scope: undefined }), one().key)))

    const nothing = new Set()
    expect(server.lastPrincipal).toMatchObject({
      scopes: nothing,
      grants: { projects: nothing, prefixes: nothing, buyers: nothing },
    })
  })
})

/** A token signed with the public key as a shared secret (the HS256 confusion attack). */
async function signedWithPublicKey({ jwk, kid }: SigningKey): Promise<string> {
  const pem = await exportSPKI((await importJWK(jwk, 'ES256')) as CryptoKey)
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${encode({ alg: 'HS256', kid, typ: 'JWT' })}.${encode(claimsOf(one()))}`
  return `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`
}

async function withOtherPayload(): Promise<string> {
  const [header, , signature] = (await sign(claimsOf(one()), one().key)).split('.')
  const payload = Buffer.from(JSON.stringify(claimsOf(one(), { scope: 'admin' }))).toString('base64url')
  return [header, payload, signature].join('.')
}

const good = (changes: object) => sign(claimsOf(one(), changes), one().key)

const BAD: readonly [string, () => Promise<string> | string, string][] = [
  ['expired', () => good({ exp: NOW - 11 }), 'jwt-expired'],
  ['not yet valid', () => good({ nbf: NOW + 60 }), 'jwt-not-yet-valid'],
  ['issued in the future', () => good({ iat: NOW + 60 }), 'jwt-not-yet-valid'],
  ['without an expiry', () => good({ exp: undefined }), 'jwt-claims'],
  ['whose expiry is a string', () => good({ exp: `${NOW + 60}` }), 'jwt-claims'],
  ['with too long a lifetime', () => good({ exp: NOW + 86_400 }), 'jwt-lifetime'],
  ['with too long a lifetime and no iat', () => good({ iat: undefined, exp: NOW + 86_401 }), 'jwt-lifetime'],
  ['of an untrusted issuer', () => good({ iss: 'https://evil.example.com' }), 'jwt-issuer'],
  ['of a trusted issuer with a slash more', () => good({ iss: `${one().issuer}/` }), 'jwt-issuer'],
  ['whose issuer is not a string', () => good({ iss: [one().issuer] }), 'jwt-issuer'],
  ['without an issuer', () => good({ iss: undefined }), 'jwt-issuer'],
  ['for another audience', () => good({ aud: 'https://another.example.com' }), 'jwt-audience'],
  ['without an audience', () => good({ aud: undefined }), 'jwt-audience'],
  ['without a signature (alg none)', () => new UnsecuredJWT(claimsOf(one())).encode(), 'jwt-algorithm'],
  ['signed with the public key as a secret (HS256)', () => signedWithPublicKey(one().key), 'jwt-algorithm'],
  ["signed by another issuer's key", () => sign(claimsOf(one()), other().key), 'jwt-key'],
  [
    "signed by another issuer's key under our key's id",
    () => sign(claimsOf(one()), { ...other().key, kid: 'a' }),
    'jwt-signature',
  ],
  ['of an unknown key', () => sign(claimsOf(one()), { ...one().key, kid: 'z' }), 'jwt-key'],
  ['made for another purpose', () => sign(claimsOf(one()), one().key, { typ: 'logout+jwt' }), 'jwt-type'],
  ['with an unknown critical extension', () => withCritical(), 'malformed'],
  ['with the signature of another payload', withOtherPayload, 'jwt-signature'],
  ['that is garbage', () => 'gibberish', 'malformed'],
  ['that is garbage with two dots', () => 'a.b.c', 'malformed'],
  ['without its dots', async () => (await good({})).replaceAll('.', ''), 'malformed'],
  ['without its last part', async () => (await good({})).replace(/\.[^.]*$/, '.'), 'jwt-signature'],
  ['with spaces in it', async () => `${await good({})} x`, 'malformed'],
  ['that is huge', () => good({ padding: 'x'.repeat(7_000) }), 'too-long'],
  ['without a subject', () => good({ sub: undefined }), 'jwt-claims'],
  ['whose subject is empty', () => good({ sub: '' }), 'jwt-claims'],
  ['whose scopes are a number', () => good({ scope: 1 }), 'jwt-claims'],
  ['whose scopes are not all strings', () => good({ scope: ['billing:read', {}] }), 'jwt-claims'],
  ['whose projects include a malformed id', () => good({ billgraph_projects: ['p1', '../p2'] }), 'jwt-claims'],
  ['whose projects are all and one', () => good({ billgraph_projects: ['*', 'p1'] }), 'jwt-claims'],
  ['whose prefixes include an empty one', () => good({ billgraph: { prefixes: [''] } }), 'jwt-claims'],
  ['whose buyers are numbers', () => good({ [CLAIMS.buyers]: [42] }), 'jwt-claims'],
  ['whose buyers are an object', () => good({ [CLAIMS.buyers]: { '*': true } }), 'jwt-claims'],
]

/** By hand: the library refuses to sign it. */
function withCritical(): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'ES256', kid: 'a', crit: ['x'], x: 1 })}.${encode(claimsOf(one()))}.AAAA`
}

describe('a token', () => {
  it.each(BAD)(
    '%s is rejected with the same response as any other, and no upstream is called',
    async (_what, make, reason) => {
      const token = await make()
      const [calls, lines] = [server.upstreamCalls(), server.gateway.log.length]
      const { status, headers, text } = await server.ask(bearer(token))

      expect(status).toBe(401)
      expect(headers.get('www-authenticate')).toBe('Bearer realm="billgraph"')
      expect(withoutId(text)).toEqual(REFUSAL)
      expect(server.upstreamCalls()).toBe(calls)
      expect(reasonsIn(server.gateway.log.slice(lines))).toEqual([reason])
    },
  )

  it('never reaches the log, valid or not, whole or in part', async () => {
    const tokens = await Promise.all([good({}), ...BAD.map(([, make]) => make())])
    for (const token of tokens) await server.ask(bearer(token))

    const log = server.gateway.log.join('')
    const parts = tokens.flatMap(token => token.split('.')).filter(part => part.length > 8)
    expect(parts.length).toBeGreaterThan(60)
    expect(parts.filter(part => log.includes(part.slice(0, 40)))).toEqual([])
  })
})
