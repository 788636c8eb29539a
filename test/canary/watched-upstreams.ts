import { createDemo } from '../../src/standin/catalyst/demo-data.js'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import type { StandInRequest, StandInResponse } from '../../src/standin/handler.js'
import type { StandInServer } from '../../src/standin/server.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import type { Evidence } from './evidence.js'
import type { Secret } from './secret.js'
import { makeCredentialSecret, makePassword, makeThreescaleToken } from './secrets.js'

/** Answers instead of an upstream. */
export type Override = (request: StandInRequest) => StandInResponse | undefined

/** Both systems with random secrets, and a record of every request they receive. */
export interface WatchedUpstreams extends AsyncDisposable {
  readonly catalyst: CatalystStandIn
  readonly threescale: ThreescaleStandIn
  readonly rating: readonly StandInServer[]
  readonly password: Secret
  readonly credentialSecret: Secret
  /** Two valid tokens. */
  readonly accessTokens: readonly [Secret, Secret]
  /** The parts of each request, with the secrets allowed in them. */
  readonly requests: Evidence[]
  /** Keystone's tokens, recorded when they are used. */
  readonly issued: Secret[]
  /** Replacement responses, by server. */
  readonly overrides: Map<StandInServer, Override>
}

/** The parts of a request that may contain a secret, by upstream. */
const CREDENTIAL_PARTS = {
  keystone: {
    headers: ['x-auth-token', 'x-subject-token'],
    body: ['the password', "the application credential's secret"],
  },
  rating: { headers: ['x-auth-token'], body: [] },
  threescale: { headers: ['authorization'], body: [] },
} as const

const ALLOWED = {
  keystone: ["Keystone's token", "the caller's own token"],
  rating: ["Keystone's token"],
  threescale: ["3scale's token"],
}

/** Starts both stand-ins with the demo's data. */
export async function startWatchedUpstreams(): Promise<WatchedUpstreams> {
  const [password, credentialSecret] = [makePassword(), makeCredentialSecret()]
  const accessTokens = [makeThreescaleToken(), makeThreescaleToken()] as const
  const clock = () => new Date()
  const demo = createDemo({ seed: 1, clock })
  const data = () => {
    const { users, applicationCredentials, ...rest } = demo()
    return {
      ...rest,
      users: users.map((user, index) => (index === 0 ? { ...user, password: password.text } : user)),
      applicationCredentials: applicationCredentials.map(one => ({ ...one, secret: credentialSecret.text })),
    }
  }
  const catalyst = await startCatalyst({ clock, data })
  const threescale = await startThreescale({
    clock,
    tokens: accessTokens.map(({ text }) => ({
      value: text,
      scopes: ['finance', 'account_management'],
      permission: 'ro',
    })),
  })
  const rating = Object.values(catalyst.regions)
  const requests: Evidence[] = []
  const issued: Secret[] = []
  const overrides = new Map<StandInServer, Override>()
  const watch = (server: StandInServer, kind: keyof typeof CREDENTIAL_PARTS): void => {
    server.intercept = request => {
      requests.push(...evidenceOf(request, kind))
      const token = request.headers['x-auth-token']
      if (kind === 'rating' && token !== undefined) issued.push({ name: "Keystone's token", text: token })
      return overrides.get(server)?.(request)
    }
  }
  watch(catalyst.keystone, 'keystone')
  for (const server of rating) watch(server, 'rating')
  watch(threescale, 'threescale')
  return {
    catalyst,
    threescale,
    rating,
    password,
    credentialSecret,
    accessTokens,
    requests,
    issued,
    overrides,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}

/** The parts of a request. Each part may contain other secrets. */
function evidenceOf(
  { method, path, query, headers, body }: StandInRequest,
  kind: keyof typeof CREDENTIAL_PARTS,
): Evidence[] {
  const where = `${method} ${path} of ${kind}`
  const credentialHeaders: readonly string[] = CREDENTIAL_PARTS[kind].headers
  const [inCredential, elsewhere] = [true, false].map(isCredential =>
    JSON.stringify(Object.entries(headers).filter(([name]) => credentialHeaders.includes(name) === isCredential)),
  )
  return [
    { where: `the URL of ${where}`, text: `${path}?${query}` },
    { where: `a header of ${where}`, text: elsewhere ?? '' },
    { where: `the credential of ${where}`, text: inCredential ?? '', allowed: ALLOWED[kind] },
    {
      where: `the body of ${where}`,
      text: body,
      allowed: path.endsWith('/auth/tokens') ? CREDENTIAL_PARTS[kind].body : [],
    },
  ]
}
