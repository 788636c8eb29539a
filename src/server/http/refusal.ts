import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { INTERNAL_ERROR } from '../../graph/errors/format-error.js'

/** Extensions of the error besides `code` and `requestId`. */
type Details = Readonly<Record<string, unknown>>

/**
 * Refuses a request that did not become a GraphQL operation. The body has the form of a GraphQL error.
 *
 * @param details the error's extensions besides its code and the request's id
 */
export function refuse(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string,
  details: Details = {},
): FastifyReply {
  reply.request.refusedWith = code
  return reply.status(status).send(createBody(code, message, { ...details, requestId: reply.request.id }))
}

/** Refuses a request because of a fault in the gateway. The response does not tell the cause. */
export function refuseForFault(reply: FastifyReply): FastifyReply {
  return refuse(reply, 500, ErrorCode.INTERNAL_SERVER_ERROR, INTERNAL_ERROR)
}

/** Refuses methods of a path with 405. The subject is that of `GraphQL does not accept PUT.` */
export function refuseMethods(
  http: FastifyInstance,
  url: string,
  method: HTTPMethods[],
  { subject, allowed }: { readonly subject: string; readonly allowed: readonly string[] },
): void {
  http.route({
    method,
    url,
    handler: (request, reply) => {
      const message = `${subject} not accept ${request.method}. Use ${allowed.join(' or ')}.`
      return refuse(reply.header('allow', allowed.join(', ')), 405, ErrorCode.BAD_REQUEST, message)
    },
  })
}

/** Writes a refusal to a socket from which no HTTP request could be read, and ends the connection. */
export function refuseSocket(socket: Duplex, status: number, message: string): void {
  const body = JSON.stringify(createBody(ErrorCode.BAD_REQUEST, message))
  const headers = {
    ...COMMON_HEADERS,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
}

function createBody(code: ErrorCode, message: string, details: Details = {}) {
  return { errors: [{ message, extensions: { code, ...details } }] }
}

/** The `Cache-Control` of a response without a cache policy: figures may change at any time. */
export const NO_STORE = 'no-store'

/** Headers of every response. A route may replace `cache-control`. */
export const COMMON_HEADERS = {
  'cache-control': NO_STORE,
  // Browsers take a JSON response for nothing else.
  'x-content-type-options': 'nosniff',
} as const
