import cors from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { allowedOrigin, type CorsSettings, EXPOSED_HEADERS } from './origin-grant.js'

/** What Apollo Client, the Sandbox, Relay and urql send besides the headers that need no permission. */
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
]

/** Browsers cut it to two hours or a day. */
const PREFLIGHT_SECONDS = 86_400

/**
 * Answers preflights and marks answers for the listed origins. For any other origin an answer is as it is without CORS, and so is an
 * OPTIONS request that is no preflight.
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
      const allowed = isAnswer(request) ? allowedOrigin(origins, request.headers.origin) : null
      decide(null, { ...options, origin: allowed ?? false })
    },
  })
}

/** False for OPTIONS without what makes it a preflight, which the plugin would refuse in words of its own. */
function isAnswer({ method, headers }: FastifyRequest): boolean {
  return method !== 'OPTIONS' || headers['access-control-request-method'] !== undefined
}
