import type { StandInRequest, StandInResponse } from '../../../src/standin/handler.js'
import { startServer } from '../../../src/standin/server.js'
import {
  startThreescale,
  type ThreescaleStandIn,
  type ThreescaleStandInOptions,
} from '../../../src/standin/threescale/start.js'
import { DecodePool } from '../../../src/upstream/decoding/worker-pool.js'
import type { ThreescaleBilling } from '../../../src/upstream/threescale/billing.js'
import { createThreescaleBilling } from '../../../src/upstream/threescale/create.js'

/** The time of all tests. */
export const NOW = new Date('2026-11-15T03:00:00Z')

/** The gateway's clock. */
export const clock = (): Date => NOW

/** A stand-in, our code in front of it, and what it was asked. */
export interface BillingStandIn extends AsyncDisposable {
  readonly standIn: ThreescaleStandIn
  readonly billing: ThreescaleBilling
  /** Path and query of each request, oldest first. */
  readonly asked: string[]
  /** Looks at each request before it is answered; what it returns is answered instead. */
  beforeAnswer: ((request: StandInRequest) => StandInResponse | undefined) | undefined
}

/** Starts 3scale's stand-in and wires our code to it. */
export async function startBilling(options: ThreescaleStandInOptions = {}): Promise<BillingStandIn> {
  const standIn = await startThreescale({ clock, ...options })
  const { billing, close } = connect(standIn.url, standIn.accessToken)
  const started: BillingStandIn = {
    standIn,
    billing,
    asked: [],
    beforeAnswer: undefined,
    async [Symbol.asyncDispose]() {
      await close()
      await standIn.close()
    },
  }
  standIn.intercept = request => {
    const query = request.query.toString()
    started.asked.push(query === '' ? request.path : `${request.path}?${query}`)
    return started.beforeAnswer?.(request)
  }
  return started
}

/** A server of its own, our code in front of it, and all that it was asked. */
export interface AnsweringServer extends AsyncDisposable {
  readonly url: string
  readonly billing: ThreescaleBilling
  readonly requests: readonly StandInRequest[]
}

/** Starts a server that answers one and the same to everything. */
export async function startAnswering(
  answer: StandInResponse | 'reset',
  accessToken = 'token',
): Promise<AnsweringServer> {
  const requests: StandInRequest[] = []
  const server = await startServer(() => ({ status: 500 }))
  server.intercept = request => {
    requests.push(request)
    return answer
  }
  const { billing, close } = connect(server.url, accessToken)
  return {
    url: server.url,
    billing,
    requests,
    async [Symbol.asyncDispose]() {
      await close()
      await server.close()
    },
  }
}

const decoders = new DecodePool()

/** Our code with a deadline that no test reaches. */
export function connect(url: string, accessToken: string): ReturnType<typeof createThreescaleBilling> {
  return createThreescaleBilling(
    { url, accessToken, deadlineMs: 20_000 },
    { clock, decoders, cache: { ttls: null, store: null } },
  )
}
