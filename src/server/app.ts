import { randomUUID } from 'node:crypto'
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { ErrorCode } from '../graph/error-code.js'
import { formatError } from '../graph/format-error.js'
import { PartialFailures } from '../graph/partial-failures.js'
import { type BillingSystems, createLoaders } from '../loaders/loaders.js'
import type { Clock } from '../upstream/clock.js'
import { errorReport, type RequestContext } from './error-report.js'
import { sandbox } from './sandbox.js'

/** What the HTTP server is made of. */
export interface AppOptions {
  readonly schema: GraphQLSchema
  readonly systems: BillingSystems
  readonly isDemo: boolean
  readonly isProduction: boolean
  readonly clock: Clock
  readonly logger: Logger
}

/** A server that is built but does not listen. */
export interface App {
  /** @returns the address: `http://127.0.0.1:4000` */
  listen(host: string, port: number): Promise<string>
  /** Says not ready, ends what is under way, closes. */
  close(): Promise<void>
}

const GRAPHQL_PATH = '/graphql'
const MAX_BODY_BYTES = 1_048_576
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Builds the HTTP server: GraphQL, health, and the explorer in development. */
export async function createApp(options: AppOptions): Promise<App> {
  const { schema, logger, isProduction } = options
  const apollo = new ApolloServer<RequestContext>({
    schema,
    formatError,
    introspection: !isProduction,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger,
    plugins: [errorReport(logger), sandbox(GRAPHQL_PATH, isProduction), ApolloServerPluginInlineTraceDisabled()],
  })
  await apollo.start()

  let isDraining = false
  const http = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
  })
  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  http.addHook('onResponse', async (request, reply) => {
    const { method, id } = request
    const ms = Math.round(reply.elapsedTime)
    // The route, not the address: a query string can hold variables.
    logger.info({ requestId: id, method, route: request.routeOptions.url, status: reply.statusCode, ms }, 'answered')
  })
  http.setErrorHandler<FastifyError>((error, _request, reply) => refuse(reply, error, logger))
  http.setNotFoundHandler((_request, reply) => {
    const message = `Nothing is here: GraphQL is at ${GRAPHQL_PATH}.`
    return reply.status(404).send(errorBody(ErrorCode.NOT_FOUND, message, reply.request.id))
  })

  http.get('/healthz', async () => ({ status: 'ok' }))
  http.get('/readyz', async (_request, reply) =>
    isDraining ? reply.status(503).send({ status: 'draining' }) : { status: 'ready' },
  )
  const answer = async (request: FastifyRequest, reply: FastifyReply) =>
    sendAnswer(reply, await execute(apollo, options, request))
  http.route({ method: [...METHODS], url: GRAPHQL_PATH, handler: answer })
  if (!isProduction) {
    http.get('/', (request, reply) => {
      const wantsPage = request.headers.accept?.includes('text/html') ?? true
      return wantsPage ? answer(withHtmlWish(request), reply) : reply.callNotFound()
    })
  }

  return {
    listen: (host, port) => http.listen({ host, port }),
    close: async () => {
      isDraining = true
      await http.close()
      await apollo.stop()
    },
  }
}

function execute(
  apollo: ApolloServer<RequestContext>,
  { systems, clock, isDemo }: AppOptions,
  request: FastifyRequest,
): Promise<HTTPGraphQLResponse> {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers,
      body: request.body,
      search: new URL(request.url, 'http://localhost').search,
    },
    context: async () => ({
      loaders: createLoaders(systems, clock),
      failures: new PartialFailures(),
      isDemo,
      requestId: request.id,
    }),
  })
}

async function sendAnswer(reply: FastifyReply, { status, headers, body }: HTTPGraphQLResponse): Promise<FastifyReply> {
  for (const [name, value] of headers) reply.header(name, value)
  if (body.kind === 'complete') return reply.status(status ?? 200).send(body.string)
  // Nothing here is deferred, so an answer in parts cannot come.
  throw new Error('an answer in parts')
}

/** A request that Apollo refuses before it is GraphQL, in the form of a GraphQL error. */
function refuse(reply: FastifyReply, error: FastifyError, logger: Logger): FastifyReply {
  const status = error.statusCode ?? 500
  const id = reply.request.id
  if (status < 500) return reply.status(status).send(errorBody(ErrorCode.BAD_REQUEST, error.message, id))
  logger.error({ requestId: id, error: error.name, stack: error.stack }, 'unexpected error')
  const message = 'Something went wrong inside the gateway.'
  return reply.status(500).send(errorBody(ErrorCode.INTERNAL_SERVER_ERROR, message, id))
}

function errorBody(code: ErrorCode, message: string, id: string): object {
  return { errors: [{ message, extensions: { code, requestId: id } }] }
}

/** A caller's own id goes through to the answer, when it is one. */
function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : randomUUID()
}

/** A browser says that it wants HTML; at `/` everybody gets the page. */
function withHtmlWish(request: FastifyRequest): FastifyRequest {
  request.headers.accept = 'text/html'
  return request
}
