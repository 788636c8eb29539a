import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { AdmissionSettings } from '../../../src/server/admission/admission-settings.js'
import { AuthenticationError } from '../../../src/server/authentication/authentication-error.js'
import type { ServerSettings } from '../../../src/server/settings.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { clock, startGateway, type TestGateway } from '../../gateway.js'

/** A response as a client received it. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** A gateway with few permits, in front of a 3scale stand-in that does not answer for some invoices until released. */
export interface LoadedGateway extends AsyncDisposable {
  readonly gateway: TestGateway
  readonly threescale: ThreescaleStandIn
  /** How often a credential was checked. */
  readonly checks: () => number
  /** Upstream calls that hang now. */
  readonly hanging: () => number
  /** The event loop's delay as admission control sees it, in ms. */
  setLoopDelay(ms: number): void
  /** Sends an operation that needs no upstream. */
  query(caller: string): Promise<Received>
  /** Sends an operation that ends when all hanging calls are released. */
  hang(caller: string, signal?: AbortSignal): Promise<Received>
  post(caller: string, body: string, signal?: AbortSignal): Promise<Received>
  /** Lets the stand-in answer all hanging calls. */
  release(): void
}

export async function startLoadedGateway(
  admission: Partial<AdmissionSettings>,
  settings: Partial<ServerSettings> = {},
): Promise<LoadedGateway> {
  const threescale = await startThreescale({ clock })
  const released = Promise.withResolvers<undefined>()
  const loopDelay = { ms: 0, [Symbol.dispose]: () => {} }
  let [hanging, checks, sent] = [0, 0, 0]
  threescale.intercept = ({ path, gone }) => {
    if (!path.includes('/77')) return undefined
    hanging++
    gone.addEventListener('abort', () => hanging--)
    return released.promise
  }
  const gateway = await startGateway(
    { catalyst: null, threescale: { url: threescale.url, accessToken: threescale.accessToken, deadlineMs: 60_000 } },
    false,
    {
      ...settings,
      admission: { permits: 4, queueLimit: 2, maxWaitMs: 60_000, maxLoopDelayMs: 1_000, ...admission },
      loopDelay,
      authenticate: async headers => {
        checks++
        const [name] = headers['x-api-key'] ?? []
        if (name === undefined || name === 'unknown') throw new AuthenticationError('missing')
        return { ...FULL_ACCESS, id: name }
      },
    },
  )
  const inFlight = new Set<Promise<Received>>()
  const send = async (caller: string, body: string, signal?: AbortSignal): Promise<Received> => {
    const headers = { 'content-type': 'application/json', 'x-api-key': caller }
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body, signal: signal ?? null })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const post = (caller: string, body: string, signal?: AbortSignal): Promise<Received> => {
    const received = send(caller, body, signal)
    inFlight.add(received)
    return received
  }
  return {
    gateway,
    threescale,
    checks: () => checks,
    hanging: () => hanging,
    setLoopDelay: ms => {
      loopDelay.ms = ms
    },
    query: caller => post(caller, JSON.stringify({ query: '{ sources { source } }' })),
    hang: (caller, signal) =>
      post(caller, JSON.stringify({ query: `{ invoice(id: "threescale:invoice:77${++sent}") { id } }` }), signal),
    post,
    release: () => released.resolve(undefined),
    [Symbol.asyncDispose]: async () => {
      released.resolve(undefined)
      await Promise.allSettled(inFlight)
      await gateway[Symbol.asyncDispose]()
      await threescale.close()
    },
  }
}
