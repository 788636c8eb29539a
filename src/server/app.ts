import { randomUUID } from 'node:crypto'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { type LimitSettings, STANDARD_LIMITS } from '../access/limit.js'
import { ErrorCode } from '../graph/error-code.js'
import { formatError, formatErrorDiscreetly } from '../graph/format-error.js'
import type { Authenticate } from './authentication/authenticator.js'
import { createGuard } from './authentication/guard.js'
import { describeFault, errorReport, type RequestContext } from './error-report.js'
import { createGraphqlHandler, createPageHandler, type GraphqlSurroundings } from './graphql-handler.js'
import { shortenMessage } from './limits/bound-errors.js'
import { createLimits, type ServerLimits } from './limits/create-limits.js'
import { httpLimits, tellHttpRefusal, watchHttp } from './limits/http-limits.js'
import type { LimitCounter } from './limits/limit-count.js'
import { limitOperations } from './limits/limit-operations.js'
import { refuse, refuseForFault } from './refusal.js'
import { sandbox } from './sandbox.js'
import { UnderWay } from './under-way.js'

/** What the HTTP server is made of. */
export interface AppOptions extends GraphqlSurroundings {
  readonly schema: GraphQLSchema
  readonly isProduction: boolean
  readonly logger: Logger
  readonly authenticate: Authenticate
  /** The standard ones unless given. */
  readonly limits?: LimitSettings
}

/** A server that is built but does not listen. */
export interface App {
  /** @returns the address: `http://127.0.0.1:4000` */
  listen(host: string, port: number): Promise<string>
  /** How often each limit was met. */
  readonly limitCounts: LimitCounter
  /** Says not ready, ends what is under way, closes. */
  close(): Promise<void>
  /** Resolves once all requests that are under way now have been answered. */
  settled(): Promise<void>
}

const GRAPHQL_PATH = '/graphql'

/** Builds the HTTP server: GraphQL, health, and the explorer in development. */
export async function createApp(options: AppOptions): Promise<App> {
  const { isProduction, logger } = options
  const limits = createLimits(options.limits ?? STANDARD_LIMITS, options)
  const apollo = createApollo(options, limits)
  await apollo.start()
  const underWay = new UnderWay()
  const http = createHttp(logger, limits, underWay)

  let isDraining = false
  http.get('/healthz', async () => ({ status: 'ok' }))
  http.get('/readyz', async (_request, reply) =>
    isDraining ? reply.status(503).send({ status: 'draining' }) : { status: 'ready' },
  )
  http.decorateRequest('principal', null)
  http.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    onRequest: createGuard(options.authenticate, logger),
    handler: createGraphqlHandler(apollo, options, limits.callsOf),
  })
  http.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: GRAPHQL_PATH,
    handler: (request, reply) =>
      refuse(
        reply.header('allow', 'GET, POST'),
        405,
        ErrorCode.BAD_REQUEST,
        `GraphQL is not asked by ${request.method}.`,
      ),
  })
  if (!isProduction) http.get('/', createPageHandler(apollo, options))

  return {
    limitCounts: limits.counter,
    listen: (host, port) => http.listen({ host, port }),
    close: async () => {
      isDraining = true
      await http.close()
      await apollo.stop()
    },
    settled: () => underWay.settled(),
  }
}

function createApollo(
  { schema, isProduction, logger }: AppOptions,
  limits: ServerLimits,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    formatError: isProduction ? formatErrorDiscreetly : formatError,
    introspection: !isProduction,
    hideSchemaDetailsFromClientErrors: isProduction,
    includeStacktraceInErrorResponses: false,
    parseOptions: limits.parseOptions,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger,
    plugins: [
      limitOperations(limits.operations),
      errorReport(logger),
      sandbox(GRAPHQL_PATH, isProduction),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  })
}

function createHttp(logger: Logger, { limits, watch }: ServerLimits, underWay: UnderWay): FastifyInstance {
  const http = fastify({
    ...httpLimits(limits, watch),
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) =>
      refuse(
        reply.header('x-request-id', request.id),
        error.statusCode ?? 400,
        ErrorCode.BAD_REQUEST,
        shortenMessage(error.message),
      ),
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
  })
  http.addHook('onRequest', async (request, reply) => {
    underWay.add(reply.raw)
    reply.header('x-request-id', request.id)
  })
  http.addHook('onResponse', async ({ method, id, routeOptions }, reply) => {
    const ms = Math.round(reply.elapsedTime)
    // The route, not the address: a query string can hold variables.
    logger.info({ requestId: id, method, route: routeOptions.url, status: reply.statusCode, ms }, 'answered')
  })
  watchHttp(http, limits, watch)
  http.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, status, ErrorCode.BAD_REQUEST, tellHttpRefusal(error, limits, watch))
    logger.error({ requestId: request.id, ...describeFault(error) }, 'unexpected error')
    return refuseForFault(reply)
  })
  http.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, ErrorCode.NOT_FOUND, `Nothing is here: GraphQL is at ${GRAPHQL_PATH}.`),
  )
  return http
}

/** A caller's own id goes through to the answer, when it is one. */
function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : randomUUID()
}
