import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode } from '../../graph/errors/error-code.js'
import { NO_STORE } from './no-store.js'
import { type CorsSettings, grantOrigin } from './origin-grant.js'
import { requestIdOf } from './request-id.js'

/** How those are answered who get no further than the connection. */
export interface Manners {
  /** Whose pages may read a refusal. */
  readonly cors: CorsSettings | null
  /** True once the server ends: then connections end with their answers. */
  readonly isClosing: () => boolean
}

/** Why a request is refused. */
export interface EarlyRefusal {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  /** What the error's extensions have besides. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Refuses a request before anything is made for it, in the form of every other refusal; which costs half of what it would cost to
 * refuse it by a route.
 */
export function refuseEarly(
  request: IncomingMessage,
  response: ServerResponse,
  { cors, isClosing }: Manners,
  { status, code, message, details, headers }: EarlyRefusal,
): void {
  const requestId = requestIdOf(request)
  const body = JSON.stringify({ errors: [{ message, extensions: { code, ...details, requestId } }] })
  response.writeHead(status, {
    ...(cors && grantOrigin(cors, request.headers.origin)),
    ...(isClosing() && { connection: 'close' }),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': NO_STORE,
    'x-request-id': requestId,
    ...headers,
  })
  response.end(body)
}
