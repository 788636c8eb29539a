import type { ApiKey } from '../../src/access/api-key.js'
import type { CatalystStandIn } from '../../src/standin/catalyst/start.js'
import { claimsOf, type SigningKey, sign } from '../server/authentication/issuer.js'
import type { Secret } from './secret.js'
import { makeStrangersToken } from './secrets.js'

/** What a caller sends to say who he is. */
export type CallerHeaders = Readonly<Record<string, string>>

/** Those who are let in and those who are not, each with secrets of his own. */
export interface Callers {
  readonly secrets: readonly Secret[]
  /** By how they prove who they are. */
  readonly known: Readonly<Record<'key' | 'bearerKey' | 'jwt' | 'keystone', CallerHeaders>>
  /** Each sends something secret all the same. */
  readonly refused: readonly CallerHeaders[]
}

/** What callers are made of. */
export interface CallerSources {
  readonly apiKey: ApiKey
  readonly signingKey: SigningKey
  readonly issuer: string
  readonly catalyst: CatalystStandIn
}

const EVERYTHING = { scope: 'admin', billgraph_projects: '*', billgraph_prefixes: '*', billgraph_buyers: '*' }

/** Makes them. */
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
  // Of the right form, and nobody's: the checksum is the only thing wrong with it.
  const mistyped = `${apiKey.slice(0, -7)}${[...apiKey.slice(-7)].reverse().join('')}`
  const unknown = makeStrangersToken()
  return {
    secrets: [
      // What comes before names the key, and is no secret; neither is what a JWT says.
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
  const answer = await fetch(`${catalyst.authUrl}/auth/tokens`, { method: 'POST', body })
  const token = answer.headers.get('x-subject-token')
  if (token === null) throw new Error('no token for the caller')
  return token
}

function signatureOf(jwt: string): string {
  return jwt.slice(jwt.lastIndexOf('.') + 1)
}
