import type { ServerOptions } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Limits } from '../../access/limit.js'
import { refuseSocket } from '../http/refusal.js'
import { shortenMessage } from './bound-errors.js'
import { heldAt } from './held-at.js'
import type { LimitWatch } from './limit-watch.js'

/** What HTTP's limits go by. */
export interface HttpBounds {
  readonly limits: Limits
  readonly watch: Pick<LimitWatch, 'isEnforcing' | 'sees'>
}

const HTTP_LIMITS = ['LIMIT_BODY_BYTES', 'LIMIT_HEADER_BYTES', 'LIMIT_REQUEST_MS'] as const

/** How HTTP itself holds requests down before they are read: headers, and the time in which a request must have arrived. */
export function serverLimits(bounds: HttpBounds) {
  const { limits, watch } = bounds
  const requestTimeout = heldAt('LIMIT_REQUEST_MS', limits, watch)
  return {
    http: {
      maxHeaderSize: heldAt('LIMIT_HEADER_BYTES', limits, watch),
      requestTimeout,
      headersTimeout: requestTimeout,
      // Node looks every half minute unless told otherwise.
      connectionsCheckingInterval: Math.max(Math.min(requestTimeout / 4, 5_000), 50),
    } satisfies ServerOptions,
    clientErrorHandler: (error: Error & { readonly code?: string }, socket: Duplex): void =>
      refuseConnection(error.code, socket, bounds),
  }
}

/** How large a body may be. */
export function maxBodyBytes({ limits, watch }: HttpBounds): number {
  return heldAt('LIMIT_BODY_BYTES', limits, watch)
}

/** The same, and how large a body may be. */
export function httpLimits(bounds: HttpBounds) {
  const { http, clientErrorHandler } = serverLimits(bounds)
  const bodyLimit = maxBodyBytes(bounds)
  return { bodyLimit, requestTimeout: http.requestTimeout, http, clientErrorHandler } satisfies FastifyServerOptions & {
    readonly http: object
  }
}

/** Counts what would have been refused, where limits only watch. */
export function watchHttp(http: FastifyInstance, { limits, watch }: HttpBounds): void {
  if (watch.isEnforcing) return
  http.addHook('preHandler', async ({ id: requestId, headers, raw }, reply) => {
    const sizes = {
      // A body whose length is not stated is not counted.
      LIMIT_BODY_BYTES: Number(headers['content-length'] ?? 0),
      LIMIT_HEADER_BYTES: raw.rawHeaders.reduce((sum, text) => sum + text.length + 2, raw.url?.length ?? 0),
      LIMIT_REQUEST_MS: Math.round(reply.elapsedTime),
    }
    for (const limit of HTTP_LIMITS) {
      const [allowed, measured] = [limits[limit], sizes[limit]]
      if (measured > allowed) watch.sees(limit, { allowed, measured, requestId })
    }
  })
}

/** What Fastify refused a request for, in our words where it is a limit of ours, which is counted. */
export function tellHttpRefusal(error: FastifyError, bounds: HttpBounds): string {
  if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return shortenMessage(error.message)
  return tellTooLarge(bounds)
}

/** What is said of a body that is too large, which is counted. */
export function tellTooLarge(bounds: HttpBounds): string {
  return `The body is larger than ${count('LIMIT_BODY_BYTES', bounds)} bytes (LIMIT_BODY_BYTES).`
}

/** Answers what never became a request, in the form of every other refusal. */
function refuseConnection(code: string | undefined, socket: Duplex, bounds: HttpBounds): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, message } = describe(code, bounds)
  refuseSocket(socket, status, message)
}

function describe(code: string | undefined, bounds: HttpBounds) {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const allowed = count('LIMIT_HEADER_BYTES', bounds)
    return { status: 431, message: `The headers are larger than ${allowed} bytes (LIMIT_HEADER_BYTES).` }
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const allowed = count('LIMIT_REQUEST_MS', bounds)
    return { status: 408, message: `The request did not arrive within ${allowed} ms (LIMIT_REQUEST_MS).` }
  }
  return { status: 400, message: 'This is not HTTP.' }
}

/** @returns what the limit is held at */
function count(limit: (typeof HTTP_LIMITS)[number], { limits, watch }: HttpBounds): number {
  const allowed = heldAt(limit, limits, watch)
  watch.sees(limit, { allowed, measured: null })
  return allowed
}
