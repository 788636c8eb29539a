import type { ApiKey } from '../../src/access/api-key.js'
import type { CatalystStandIn } from '../../src/standin/catalyst/start.js'
import { claimsOf, type SigningKey, sign } from '../server/authentication/issuer.js'
import type { Secret } from './secret.js'
import { makeKeystoneToken } from './secrets.js'

/** Headers that authenticate a caller. */
export type CallerHeaders = Readonly<Record<string, string>>

/** Callers that authenticate and callers that are refused, each with secrets of its own. */
export interface Callers {
  readonly secrets: readonly Secret[]
  /** Headers of accepted callers, by authentication method. */
  readonly known: Readonly<Record<'key' | 'bearerKey' | 'jwt' | 'keystone', CallerHeaders>>
  /** Headers of refused callers. Each contains a secret all the same. */
  readonly refused: readonly CallerHeaders[]
}

/** What the callers' credentials are made from. */
export interface CallerSources {
  readonly apiKey: ApiKey
  readonly signingKey: SigningKey
  readonly issuer: string
  readonly catalyst: CatalystStandIn
}

const EVERYTHING = { scope: 'admin', billgraph_projects: '*', billgraph_prefixes: '*', billgraph_buyers: '*' }

/** Creates the callers and their credentials. */
export async function makeCallers({
  apiKey: { id, text: apiKey },
  signingKey,
  issuer,
  catalyst,
}: CallerSources): Promise<Callers> {
  const iat = Math.floor(Date.now() / 1000) - 60
  const claims = (exp: number) => claimsOf({ issuer }, { iat, exp, ...EVERYTHING })
  const jwt = await sign(claims(iat + 3600), signingKey)
  const expired = await sign(claims(iat + 1), signingKey)
  const keystone = await logIn(catalyst)
  // Well-formed except for its checksum, and not issued to any caller.
  const mistyped = `${apiKey.slice(0, -7)}${[...apiKey.slice(-7)].reverse().join('')}`
  const unknown = makeKeystoneToken()
  return {
    secrets: [
      // Only the last part of a key is secret: what precedes it is the key's id. Of a JWT only the signature is secret.
      { name: "the caller's key", text: apiKey.slice(apiKey.indexOf(id) + id.length + 1) },
      { name: "the caller's JWT", text: signatureOf(jwt) },
      { name: "the caller's JWT", text: signatureOf(expired) },
      { name: "the caller's own token", text: keystone },
      unknown,
    ],
    known: {
      key: { 'x-api-key': apiKey },
      bearerKey: { authorization: `Bearer ${apiKey}` },
      jwt: { authorization: `Bearer ${jwt}` },
      keystone: { 'x-auth-token': keystone },
    },
    refused: [
      { 'x-api-key': mistyped },
      { 'x-api-key': jwt },
      { authorization: `Bearer ${expired}` },
      { authorization: `Bearer ${jwt.slice(0, -20)}` },
      { authorization: `Basic ${Buffer.from(`:${apiKey}`).toString('base64')}` },
      { authorization: apiKey },
      { 'x-auth-token': unknown.text },
      { 'x-auth-token': `${keystone} ${apiKey}` },
      { authorization: `Bearer ${jwt}`, 'x-api-key': apiKey },
      { cookie: `session=${apiKey}; token=${jwt}` },
      { 'x-access-token': apiKey, 'proxy-authorization': `Bearer ${jwt}` },
    ],
  }
}

async function logIn(catalyst: CatalystStandIn): Promise<string> {
  const { username, password, userDomainName, projectId } = catalyst.credentials
  const user = { name: username, domain: { name: userDomainName }, password }
  const identity = { methods: ['password'], password: { user } }
  const body = JSON.stringify({ auth: { identity, scope: { project: { id: projectId } } } })
  const response = await fetch(`${catalyst.authUrl}/auth/tokens`, { method: 'POST', body })
  const token = response.headers.get('x-subject-token')
  if (token === null) throw new Error('no token for the caller')
  return token
}

function signatureOf(jwt: string): string {
  return jwt.slice(jwt.lastIndexOf('.') + 1)
}
