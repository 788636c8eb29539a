import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { LoadSettings } from '../../../src/server/admission/load-settings.js'
import type { Pulse } from '../../../src/server/admission/pulse.js'
import { RefusedCallerError } from '../../../src/server/authentication/authentication-error.js'
import type { ServerSettings } from '../../../src/server/settings.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { clock, startGateway, type TestGateway } from '../../gateway.js'

/** What somebody got. */
export interface Got {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** A gateway with few places, before a 3scale that hangs when it is asked for some invoices. */
export interface LoadedHouse extends AsyncDisposable {
  readonly gateway: TestGateway
  readonly threescale: ThreescaleStandIn
  /** Times that somebody's credential was looked at. */
  readonly checks: () => number
  /** Questions that hang now. */
  readonly hanging: () => number
  /** Beats once. */
  pulse(longestBlockMs?: number): void
  /** Asks for something that is answered at once. */
  ask(caller: string): Promise<Got>
  /** Asks for something that is answered once all are let go. */
  hang(caller: string, signal?: AbortSignal): Promise<Got>
  post(caller: string, body: string, signal?: AbortSignal): Promise<Got>
  letGo(): void
}

export async function startLoaded(
  load: Partial<LoadSettings>,
  settings: Partial<ServerSettings> = {},
): Promise<LoadedHouse> {
  const threescale = await startThreescale({ clock })
  const letGo = Promise.withResolvers<undefined>()
  let [hanging, checks, asked] = [0, 0, 0]
  threescale.intercept = ({ path, gone }) => {
    if (!path.includes('/77')) return undefined
    hanging++
    gone.addEventListener('abort', () => hanging--)
    return letGo.promise
  }
  const beats: ((longestBlockMs: number) => void)[] = []
  const pulse: Pulse = beat => {
    beats.push(beat)
    return { [Symbol.dispose]: () => beats.splice(0) }
  }
  const gateway = await startGateway(
    { catalyst: null, threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 60_000 } },
    false,
    {
      ...settings,
      load: { operations: 4, operationsOfCaller: 3, waiting: 2, loopDelayMs: 250, ...load },
      pulse,
      authenticate: async headers => {
        checks++
        const [name] = headers['x-api-key'] ?? []
        if (name === undefined || name === 'nobody') throw new RefusedCallerError('missing')
        return { ...FULL_ACCESS, id: name }
      },
    },
  )
  const underWay = new Set<Promise<Got>>()
  const send = async (caller: string, body: string, signal?: AbortSignal): Promise<Got> => {
    const headers = { 'content-type': 'application/json', 'x-api-key': caller }
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body, signal: signal ?? null })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const post = (caller: string, body: string, signal?: AbortSignal): Promise<Got> => {
    const got = send(caller, body, signal)
    underWay.add(got)
    return got
  }
  return {
    gateway,
    threescale,
    checks: () => checks,
    hanging: () => hanging,
    pulse: (longestBlockMs = 0) => {
      for (const beat of beats) beat(longestBlockMs)
    },
    ask: caller => post(caller, JSON.stringify({ query: '{ sources { source } }' })),
    hang: (caller, signal) =>
      post(caller, JSON.stringify({ query: `{ invoice(id: "threescale:invoice:77${++asked}") { id } }` }), signal),
    post,
    letGo: () => letGo.resolve(undefined),
    [Symbol.asyncDispose]: async () => {
      letGo.resolve(undefined)
      await Promise.allSettled(underWay)
      await gateway[Symbol.asyncDispose]()
      await threescale.close()
    },
  }
}
