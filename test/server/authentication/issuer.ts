import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { TODAY } from '../../gateway.js'
import { type LocalServer, startHttpServer } from '../../upstream/http/local-server.js'

/** A key pair of an issuer. */
export interface SigningKey {
  readonly kid: string
  readonly alg: string
  readonly privateKey: CryptoKey
  /** The public key in a JWKS. */
  readonly jwk: JWK
}

/** An OpenID issuer on loopback that serves its configuration and keys. */
export interface TestIssuer extends AsyncDisposable {
  readonly issuer: string
  readonly requests: LocalServer['requests']
  /** The keys that it publishes; tests may change them. */
  keys: JWK[]
  /** The response in place of the configuration and the keys. */
  fault: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | null
  readonly key: SigningKey
}

/** The time of every test, in seconds. */
export const NOW = Math.floor(TODAY.getTime() / 1000)

export const AUDIENCE = 'https://billgraph.example.com'

export async function makeKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

export async function startIssuer(kid = 'first'): Promise<TestIssuer> {
  const key = await makeKey(kid)
  const server = await startHttpServer((request, response) => {
    const json = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (issuer.fault) response.writeHead(issuer.fault.status, issuer.fault.headers).end(issuer.fault.body)
    else if (request.url === '/keys') json({ keys: issuer.keys })
    else json({ issuer: issuer.issuer, jwks_uri: `${server.origin}/keys` })
  })
  const issuer: TestIssuer = {
    issuer: server.origin,
    requests: server.requests,
    keys: [key.jwk],
    fault: null,
    key,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
  return issuer
}

/** The claims of a valid token with a lifetime of an hour. Changes replace claims; undefined removes one. */
export function claimsOf({ issuer }: { readonly issuer: string }, changes: object = {}): Record<string, unknown> {
  const claims = {
    iss: issuer,
    sub: 'ana',
    aud: AUDIENCE,
    iat: NOW - 60,
    exp: NOW + 3540,
    scope: 'billing:read',
    ...changes,
  }
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}

export function sign(claims: Record<string, unknown>, key: SigningKey, header: object = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
    .sign(key.privateKey)
}
