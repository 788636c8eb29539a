import type { ServerOptions } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyServerOptions } from 'fastify'
import { refuseSocket } from '../http/refusal.js'
import { shortenMessage } from './limit-errors.js'
import type { LimitPolicy } from './limit-policy.js'

type HttpLimit = 'LIMIT_BODY_BYTES' | 'LIMIT_HEADER_BYTES' | 'LIMIT_REQUEST_MS'

/** Fastify's options that bound a request before it is read: its body, its headers, and the time it may take to arrive. */
export function httpLimits(policy: LimitPolicy) {
  const requestTimeout = policy.bound('LIMIT_REQUEST_MS')
  return {
    bodyLimit: policy.bound('LIMIT_BODY_BYTES'),
    requestTimeout,
    http: {
      maxHeaderSize: policy.bound('LIMIT_HEADER_BYTES'),
      requestTimeout,
      headersTimeout: requestTimeout,
      // Node checks every 30 s by default.
      connectionsCheckingInterval: Math.max(Math.min(requestTimeout / 4, 5_000), 50),
    } satisfies ServerOptions,
    clientErrorHandler: (error: Error & { readonly code?: string }, socket: Duplex): void =>
      refuseConnection(error.code, socket, policy),
  } satisfies FastifyServerOptions & { readonly http: object }
}

/** Counts the requests over a limit in shadow mode. */
export function watchHttpLimits(http: FastifyInstance, policy: LimitPolicy): void {
  if (policy.isEnforcing) return
  http.addHook('preHandler', async ({ id: requestId, headers, raw }, reply) => {
    const sizes: Readonly<Record<HttpLimit, number>> = {
      // A body without content-length is not counted.
      LIMIT_BODY_BYTES: Number(headers['content-length'] ?? 0),
      LIMIT_HEADER_BYTES: raw.rawHeaders.reduce((sum, text) => sum + text.length + 2, raw.url?.length ?? 0),
      LIMIT_REQUEST_MS: Math.round(reply.elapsedTime),
    }
    for (const [limit, measured] of Object.entries(sizes) as [HttpLimit, number][]) {
      const excess = policy.excess(limit, measured)
      if (excess) policy.refuses(limit, { ...excess, requestId })
    }
  })
}

/** The message for a request that Fastify refused. Counts a body that is too large. */
export function describeHttpRefusal(error: FastifyError, policy: LimitPolicy): string {
  if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return shortenMessage(error.message)
  return `The request body is too large. Send at most ${exceed('LIMIT_BODY_BYTES', policy)} bytes.`
}

/** Refuses a connection whose bytes never became a request. */
function refuseConnection(code: string | undefined, socket: Duplex, policy: LimitPolicy): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, message } = describeSocketError(code, policy)
  refuseSocket(socket, status, message)
}

function describeSocketError(code: string | undefined, policy: LimitPolicy) {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const allowed = exceed('LIMIT_HEADER_BYTES', policy)
    return { status: 431, message: `The request headers are too large. Send at most ${allowed} bytes of headers.` }
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const allowed = exceed('LIMIT_REQUEST_MS', policy)
    return { status: 408, message: `The request took too long to arrive. Send it within ${allowed} ms.` }
  }
  return { status: 400, message: 'The request is not valid HTTP.' }
}

/** Counts an excess. @returns the bound that was exceeded */
function exceed(limit: HttpLimit, policy: LimitPolicy): number {
  const allowed = policy.bound(limit)
  policy.refuses(limit, { allowed, measured: null })
  return allowed
}
