import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Limits } from '../../access/limit.js'
import { ErrorCode } from '../../graph/error-code.js'
import { shortenMessage } from './bound-errors.js'
import type { LimitWatch } from './limit-watch.js'

/** How far requests may go where limits only watch: what a process can bear. */
const BODY_CEILING = 16_777_216
const HEADER_CEILING = 65_536

/** How HTTP itself holds requests down: body, headers, and the time in which a request must have arrived. */
export function httpLimits(limits: Limits, watch: LimitWatch) {
  const { isEnforcing } = watch
  const requestTimeout = isEnforcing ? limits.LIMIT_REQUEST_MS : 0
  return {
    bodyLimit: isEnforcing ? limits.LIMIT_BODY_BYTES : BODY_CEILING,
    requestTimeout,
    http: {
      maxHeaderSize: isEnforcing ? limits.LIMIT_HEADER_BYTES : HEADER_CEILING,
      requestTimeout,
      headersTimeout: requestTimeout,
      // Node looks every half minute unless told otherwise.
      connectionsCheckingInterval: Math.max(Math.min(limits.LIMIT_REQUEST_MS / 4, 5_000), 50),
    },
    clientErrorHandler: (error, socket) => refuseSocket(error.code, socket, limits, watch),
  } satisfies FastifyServerOptions & { readonly http: object }
}

/** Counts what would have been refused, where limits only watch. */
export function watchHttp(http: FastifyInstance, limits: Limits, watch: LimitWatch): void {
  if (watch.isEnforcing) return
  http.addHook('preHandler', async ({ id, headers, raw }, reply) => {
    const measured = {
      LIMIT_BODY_BYTES: Number(headers['content-length'] ?? 0),
      LIMIT_HEADER_BYTES: raw.rawHeaders.reduce((sum, text) => sum + text.length + 2, raw.url?.length ?? 0),
      LIMIT_REQUEST_MS: Math.round(reply.elapsedTime),
    }
    for (const limit of ['LIMIT_BODY_BYTES', 'LIMIT_HEADER_BYTES', 'LIMIT_REQUEST_MS'] as const) {
      const allowed = limits[limit]
      if (measured[limit] > allowed) watch.sees(limit, { allowed, measured: measured[limit], requestId: id })
    }
  })
}

/** What Fastify refused a request for, in our words where it is a limit of ours, which is counted. */
export function tellHttpRefusal(error: FastifyError, limits: Limits, watch: LimitWatch): string {
  if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return shortenMessage(error.message)
  const allowed = limits.LIMIT_BODY_BYTES
  watch.sees('LIMIT_BODY_BYTES', { allowed, measured: null })
  return `The body is larger than ${allowed} bytes (LIMIT_BODY_BYTES).`
}

/** Answers what never became a request, in the form of every other refusal. */
function refuseSocket(code: string | undefined, socket: Socket, limits: Limits, watch: LimitWatch): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, message } = describe(code, limits, watch)
  const body = JSON.stringify({ errors: [{ message, extensions: { code: ErrorCode.BAD_REQUEST } }] })
  const head = `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n${head}\r\n\r\n${body}`)
}

function describe(code: string | undefined, limits: Limits, watch: LimitWatch) {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const allowed = limits.LIMIT_HEADER_BYTES
    watch.sees('LIMIT_HEADER_BYTES', { allowed, measured: null })
    return { status: 431, message: `The headers are larger than ${allowed} bytes (LIMIT_HEADER_BYTES).` }
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const allowed = limits.LIMIT_REQUEST_MS
    watch.sees('LIMIT_REQUEST_MS', { allowed, measured: null })
    return { status: 408, message: `The request did not arrive within ${allowed} ms (LIMIT_REQUEST_MS).` }
  }
  return { status: 400, message: 'This is not HTTP.' }
}
