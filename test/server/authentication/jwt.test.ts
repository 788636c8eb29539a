import { createHmac } from 'node:crypto'
import { exportSPKI, importJWK, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JwtSettings } from '../../../src/access/caller-settings.js'
import { readKeySet } from '../../../src/access/key-set.js'
import { type Guarded, NO_WAY, REFUSAL, reasonsIn, startGuarded, withoutId } from './authenticated-gateway.js'
import { AUDIENCE, claimsOf, makeKey, NOW, type SigningKey, sign, startIssuer, type TestIssuer } from './issuer.js'

const CLAIMS = {
  scopes: 'scope',
  projects: 'billgraph_projects',
  prefixes: '/billgraph/prefixes',
  buyers: 'https://billgraph.example.com/buyers',
}

let [first, second]: TestIssuer[] = []
let fixed: SigningKey
let guarded: Guarded

beforeAll(async () => {
  ;[first, second, fixed] = await Promise.all([startIssuer('a'), startIssuer('b'), makeKey('c', 'EdDSA')])
  guarded = await startGuarded({ ...NO_WAY, jwt: settings() })
})
afterAll(async () => {
  await guarded[Symbol.asyncDispose]()
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

describe('a token of an issuer that is trusted', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['found by discovery', () => sign(claimsOf(one()), one().key), 'first'],
    ['of a JWKS at an address', () => sign(claimsOf(other()), other().key), 'second'],
    ['of a JWKS in a file', () => sign(claimsOf(FIXED), fixed), 'fixed'],
    ['for several audiences', () => sign(claimsOf(one(), { aud: ['x', AUDIENCE] }), one().key), 'first'],
    ['of no stated type', () => sign(claimsOf(one()), one().key, { typ: undefined }), 'first'],
    ['of the type JWT', () => sign(claimsOf(one()), one().key, { typ: 'JWT' }), 'first'],
    ['without the id of its key', () => sign(claimsOf(one()), one().key, { kid: undefined }), 'first'],
    ['that ended just now by our clock', () => sign(claimsOf(one(), { exp: NOW - 9 }), one().key), 'first'],
  ])('%s lets its holder in', async (_what, token, issuer) => {
    const answer = await guarded.ask(bearer(await token()))

    expect(answer.status).toBe(200)
    const name = { first: one().issuer, second: other().issuer, fixed: FIXED.issuer }[issuer]
    expect(guarded.lastPrincipal?.id).toBe(`jwt:${name}:ana`)
  })

  it('says by its claims what its holder may do and see', async () => {
    const claims = claimsOf(one(), {
      sub: 'ana:1|ä',
      scope: 'openid billing:read costs:read',
      billgraph_projects: ['p1', 'p2'],
      billgraph: { prefixes: '*' },
      [CLAIMS.buyers]: '42',
    })
    await guarded.ask(bearer(await sign(claims, one().key)))

    expect(guarded.lastPrincipal).toEqual({
      id: `jwt:${one().issuer}:ana%3A1%7C%C3%A4`,
      scopes: new Set(['billing:read', 'costs:read']),
      grants: { projects: new Set(['p1', 'p2']), prefixes: '*', buyers: new Set(['42']) },
    })
  })

  it('grants nothing by what it does not say', async () => {
    await guarded.ask(bearer(await sign(claimsOf(one(), { scope: undefined }), one().key)))

    const nothing = new Set()
    expect(guarded.lastPrincipal).toMatchObject({
      scopes: nothing,
      grants: { projects: nothing, prefixes: nothing, buyers: nothing },
    })
  })
})

/** Signs as only somebody can who has taken the public key for a shared secret. */
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
  ['without an end', () => good({ exp: undefined }), 'jwt-claims'],
  ['whose end is a text', () => good({ exp: `${NOW + 60}` }), 'jwt-claims'],
  ['of too long a life', () => good({ exp: NOW + 86_400 }), 'jwt-lifetime'],
  ['of too long a life that hides its beginning', () => good({ iat: undefined, exp: NOW + 86_401 }), 'jwt-lifetime'],
  ['of an issuer nobody trusts', () => good({ iss: 'https://evil.example.com' }), 'jwt-issuer'],
  ['of an issuer that is trusted but for a slash', () => good({ iss: `${one().issuer}/` }), 'jwt-issuer'],
  ['whose issuer is no text', () => good({ iss: [one().issuer] }), 'jwt-issuer'],
  ['without an issuer', () => good({ iss: undefined }), 'jwt-issuer'],
  ['for somebody else', () => good({ aud: 'https://another.example.com' }), 'jwt-audience'],
  ['for nobody', () => good({ aud: undefined }), 'jwt-audience'],
  ['without a signature (alg none)', () => new UnsecuredJWT(claimsOf(one())).encode(), 'jwt-algorithm'],
  ['signed with the public key as a secret (HS256)', () => signedWithPublicKey(one().key), 'jwt-algorithm'],
  ["signed by another issuer's key", () => sign(claimsOf(one()), other().key), 'jwt-key'],
  [
    "signed by another issuer's key under our key's id",
    () => sign(claimsOf(one()), { ...other().key, kid: 'a' }),
    'jwt-signature',
  ],
  ['of a key nobody has heard of', () => sign(claimsOf(one()), { ...one().key, kid: 'z' }), 'jwt-key'],
  ['made for another end', () => sign(claimsOf(one()), one().key, { typ: 'logout+jwt' }), 'jwt-type'],
  ['with an extension that has to be understood', () => withCritical(), 'malformed'],
  ['with the signature of another payload', withOtherPayload, 'jwt-signature'],
  ['that is garbage', () => 'gibberish', 'malformed'],
  ['that is garbage with two dots', () => 'a.b.c', 'malformed'],
  ['without its dots', async () => (await good({})).replaceAll('.', ''), 'malformed'],
  ['without its last part', async () => (await good({})).replace(/\.[^.]*$/, '.'), 'jwt-signature'],
  ['with blanks in it', async () => `${await good({})} x`, 'malformed'],
  ['that is huge', () => good({ padding: 'x'.repeat(7_000) }), 'too-long'],
  ['for nobody in particular', () => good({ sub: undefined }), 'jwt-claims'],
  ['whose subject is empty', () => good({ sub: '' }), 'jwt-claims'],
  ['whose scopes are a number', () => good({ scope: 1 }), 'jwt-claims'],
  ['whose scopes are not all texts', () => good({ scope: ['billing:read', {}] }), 'jwt-claims'],
  ['whose projects have a wrong one', () => good({ billgraph_projects: ['p1', '../p2'] }), 'jwt-claims'],
  ['whose projects are all and one', () => good({ billgraph_projects: ['*', 'p1'] }), 'jwt-claims'],
  ['whose prefixes have an empty one', () => good({ billgraph: { prefixes: [''] } }), 'jwt-claims'],
  ['whose buyers are numbers', () => good({ [CLAIMS.buyers]: [42] }), 'jwt-claims'],
  ['whose buyers are an object', () => good({ [CLAIMS.buyers]: { '*': true } }), 'jwt-claims'],
]

/** The library refuses to sign it. */
function withCritical(): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'ES256', kid: 'a', crit: ['x'], x: 1 })}.${encode(claimsOf(one()))}.AAAA`
}

describe('a token', () => {
  it.each(BAD)('%s is refused, in one and the same words, and nothing is asked', async (_what, make, reason) => {
    const token = await make()
    const [calls, lines] = [guarded.upstreamCalls(), guarded.gateway.log.length]
    const { status, headers, text } = await guarded.ask(bearer(token))

    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Bearer realm="billgraph"')
    expect(withoutId(text)).toEqual(REFUSAL)
    expect(guarded.upstreamCalls()).toBe(calls)
    expect(reasonsIn(guarded.gateway.log.slice(lines))).toEqual([reason])
  })

  it('never reaches the log, good or bad, whole or in part', async () => {
    const tokens = await Promise.all([good({}), ...BAD.map(([, make]) => make())])
    for (const token of tokens) await guarded.ask(bearer(token))

    const log = guarded.gateway.log.join('')
    const parts = tokens.flatMap(token => token.split('.')).filter(part => part.length > 8)
    expect(parts.length).toBeGreaterThan(60)
    expect(parts.filter(part => log.includes(part.slice(0, 40)))).toEqual([])
  })
})
