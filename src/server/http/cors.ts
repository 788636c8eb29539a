import cors from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Pages of other origins that may read responses in a browser. */
export interface CorsSettings {
  /** Origins as a browser writes them, `https://bills.example.com`; or `*` alone, for any. */
  readonly origins: readonly string[]
  /** True lets a browser send its cookies, for a gateway behind a proxy that signs users in. Never with `*`. */
  readonly hasCredentials: boolean
}

/** Headers that Apollo Client, the Sandbox, Relay and urql send besides those that need no permission. */
const REQUEST_HEADERS = [
  'content-type',
  'authorization',
  'x-api-key',
  'x-auth-token',
  'x-request-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-apollo-operation-type',
  'apollographql-client-name',
  'apollographql-client-version',
  'traceparent',
  'tracestate',
]

/** Response headers that a page may read. */
const EXPOSED_HEADERS = ['x-request-id', 'retry-after']

/** Browsers shorten it to two hours or one day. */
const PREFLIGHT_SECONDS = 86_400

/**
 * Answers preflights and adds CORS headers to responses for the allowed origins. For any other origin the response is the same as
 * without CORS, and so is the response to an OPTIONS request that is not a preflight.
 */
export async function allowOrigins(http: FastifyInstance, { origins, hasCredentials }: CorsSettings): Promise<void> {
  const options = {
    methods: ['GET', 'POST'],
    allowedHeaders: REQUEST_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    credentials: hasCredentials,
    maxAge: PREFLIGHT_SECONDS,
  }
  await http.register(cors, {
    delegator: (request, decide) => {
      const allowed = isOtherOptions(request) ? null : allowedOrigin(origins, request.headers.origin)
      decide(null, { ...options, origin: allowed ?? false })
    },
  })
}

/** The value of `Access-Control-Allow-Origin` for an origin; null when the origin is not allowed. */
function allowedOrigin(origins: readonly string[], origin: string | undefined): string | null {
  if (origin === undefined) return null
  if (origins.includes('*')) return '*'
  return origins.includes(origin) ? origin : null
}

/** True for OPTIONS that is not a preflight. The plugin would refuse it with a message of its own. */
function isOtherOptions({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] === undefined
}
