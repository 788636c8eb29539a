import { createDemo } from '../../src/standin/catalyst/demo-data.js'
import { type CatalystStandIn, startCatalyst } from '../../src/standin/catalyst/start.js'
import type { StandInRequest, StandInResponse } from '../../src/standin/handler.js'
import type { StandInServer } from '../../src/standin/server.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import type { Evidence } from './evidence.js'
import type { Secret } from './secret.js'
import { makeCredentialSecret, makePassword, makeThreescaleToken } from './secrets.js'

/** Answers in an upstream's place. */
export type Impostor = (request: StandInRequest) => StandInResponse | undefined

/** Both systems with secrets of their own, and everything that they are asked. */
export interface WatchedUpstreams extends AsyncDisposable {
  readonly catalyst: CatalystStandIn
  readonly threescale: ThreescaleStandIn
  readonly rating: readonly StandInServer[]
  readonly password: Secret
  readonly credentialSecret: Secret
  /** Both are good. */
  readonly accessTokens: readonly [Secret, Secret]
  /** Each request, with what may stand in it. */
  readonly asked: Evidence[]
  /** The tokens that Keystone has issued, once they were used. */
  readonly issued: Secret[]
  /** Who answers in whose place. */
  readonly impostors: Map<StandInServer, Impostor>
}

/** Where each upstream may be shown a secret. */
const HOMES = {
  keystone: {
    headers: ['x-auth-token', 'x-subject-token'],
    body: ['the password', "the application credential's secret"],
  },
  rating: { headers: ['x-auth-token'], body: [] },
  threescale: { headers: ['authorization'], body: [] },
} as const

const RIGHTFUL = {
  keystone: ["Keystone's token", "the caller's own token"],
  rating: ["Keystone's token"],
  threescale: ["3scale's token"],
}

/** Starts them with the demo's data. */
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
  const asked: Evidence[] = []
  const issued: Secret[] = []
  const impostors = new Map<StandInServer, Impostor>()
  const watch = (server: StandInServer, kind: keyof typeof HOMES): void => {
    server.intercept = request => {
      asked.push(...evidenceOf(request, kind))
      const token = request.headers['x-auth-token']
      if (kind === 'rating' && token !== undefined) issued.push({ name: "Keystone's token", text: token })
      return impostors.get(server)?.(request)
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
    asked,
    issued,
    impostors,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([catalyst.close(), threescale.close()])
    },
  }
}

/** A request in parts: of each another secret may be. */
function evidenceOf({ method, path, query, headers, body }: StandInRequest, kind: keyof typeof HOMES): Evidence[] {
  const where = `${method} ${path} of ${kind}`
  const home: readonly string[] = HOMES[kind].headers
  const [inHome, elsewhere] = [true, false].map(isHome =>
    JSON.stringify(Object.entries(headers).filter(([name]) => home.includes(name) === isHome)),
  )
  return [
    { where: `the address of ${where}`, text: `${path}?${query}` },
    { where: `a header of ${where}`, text: elsewhere ?? '' },
    { where: `the credential of ${where}`, text: inHome ?? '', rightful: RIGHTFUL[kind] },
    { where: `the body of ${where}`, text: body, rightful: path.endsWith('/auth/tokens') ? HOMES[kind].body : [] },
  ]
}
