import cors from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Which pages may read answers in a browser. */
export interface CorsSettings {
  /** Origins as a browser writes them, `https://bills.example.com`; or `*` alone, for any. */
  readonly origins: readonly string[]
  /** True lets a browser send its cookies along, for a gateway behind a proxy that signs people in. Never with `*`. */
  readonly hasCredentials: boolean
}

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

const EXPOSED_HEADERS = ['x-request-id', 'retry-after']

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

/** The same headers for an answer that no route gives. */
export function grantOrigin(
  { origins, hasCredentials }: CorsSettings,
  origin: string | undefined,
): Readonly<Record<string, string>> {
  const allowed = allowedOrigin(origins, origin)
  return {
    vary: 'Origin',
    ...(allowed !== null && {
      'access-control-allow-origin': allowed,
      'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
      ...(hasCredentials && { 'access-control-allow-credentials': 'true' }),
    }),
  }
}

/** What a browser has to be told for an origin to be allowed; null where it is not. */
function allowedOrigin(origins: readonly string[], origin: string | undefined): string | null {
  if (origin === undefined) return null
  if (origins.includes('*')) return '*'
  return origins.includes(origin) ? origin : null
}
