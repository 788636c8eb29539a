import type { Clock } from '../../../src/request/clock.js'
import type { StandInRequest } from '../../../src/standin/handler.js'
import { type StandInServer, startServer } from '../../../src/standin/server.js'

/** What a little Keystone is told to say. */
export interface KeystoneServerOptions {
  readonly clock: Clock
  /** 3600 by default. */
  readonly lifeSeconds?: number
  /** Tokens state when they were issued. */
  readonly hasIssueTime?: boolean
  /** Null makes the tokens unscoped. */
  readonly project?: { readonly id: string; readonly name: string } | null
  /** As in the token's body. */
  readonly catalog?: readonly CatalogService[]
  /** Tokens come without their catalog, which is answered apart. */
  readonly isCatalogApart?: boolean
}

/** A service as Keystone lists it; an endpoint's members may be left out at will. */
export interface CatalogService {
  readonly type: string
  readonly endpoints: readonly Readonly<Record<string, string | null>>[]
}

/** A Keystone that takes any credential; its tokens are `token-1`, `token-2`, … */
export interface KeystoneServer extends StandInServer {
  /** With `/v3` at the end. */
  readonly authUrl: string
  /** What was asked, oldest first. */
  readonly asked: readonly StandInRequest[]
}

/** Starts it. A token shown (GET) is as old as the question, whatever its text. */
export async function startKeystone({
  clock,
  lifeSeconds = 3600,
  hasIssueTime = false,
  project = { id: 'p1', name: 'one' },
  catalog = [],
  isCatalogApart = false,
}: KeystoneServerOptions): Promise<KeystoneServer> {
  const asked: StandInRequest[] = []
  let issued = 0
  const server = await startServer(request => {
    asked.push(request)
    if (request.method === 'POST') issued++
    if (request.path === '/v3/auth/catalog') return { status: 200, body: JSON.stringify({ catalog, links: {} }) }
    if (request.method === 'DELETE') return { status: 204 }
    const timeIn = (seconds: number) => new Date(clock().getTime() + seconds * 1000).toISOString().replace('Z', '000Z')
    const times = { expires_at: timeIn(lifeSeconds), ...(hasIssueTime && { issued_at: timeIn(0) }) }
    const scope =
      project === null ? {} : { project, roles: [{ name: '_member_' }], ...(isCatalogApart ? {} : { catalog }) }
    return {
      status: request.method === 'POST' ? 201 : 200,
      headers: { 'Content-Type': 'application/json', 'X-Subject-Token': `token-${issued}` },
      body: JSON.stringify({ token: { methods: ['password'], ...times, ...scope } }),
    }
  })
  return Object.assign(server, { authUrl: `${server.url}/v3`, asked })
}
