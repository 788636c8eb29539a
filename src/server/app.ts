import { randomUUID } from 'node:crypto'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { ErrorCode } from '../graph/error-code.js'
import { formatError } from '../graph/format-error.js'
import type { Authenticate } from './authentication/authenticator.js'
import { createGuard } from './authentication/guard.js'
import { describeFault, errorReport, type RequestContext } from './error-report.js'
import { createGraphqlHandler, createPageHandler, type GraphqlSurroundings } from './graphql-handler.js'
import { refuse, refuseForFault } from './refusal.js'
import { sandbox } from './sandbox.js'
import { UnderWay } from './under-way.js'

/** What the HTTP server is made of. */
export interface AppOptions extends GraphqlSurroundings {
  readonly schema: GraphQLSchema
  readonly isProduction: boolean
  readonly logger: Logger
  readonly authenticate: Authenticate
}

/** A server that is built but does not listen. */
export interface App {
  /** @returns the address: `http://127.0.0.1:4000` */
  listen(host: string, port: number): Promise<string>
  /** Says not ready, ends what is under way, closes. */
  close(): Promise<void>
  /** Resolves once all requests that are under way now have been answered. */
  settled(): Promise<void>
}

const GRAPHQL_PATH = '/graphql'
const MAX_BODY_BYTES = 1_048_576
/** Of a document; one that nests deeper than the stack ends here. */
const MAX_TOKENS = 10_000

/** Builds the HTTP server: GraphQL, health, and the explorer in development. */
export async function createApp(options: AppOptions): Promise<App> {
  const { isProduction, logger } = options
  const apollo = createApollo(options)
  await apollo.start()
  const underWay = new UnderWay()
  const http = createHttp(logger, underWay)

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
    handler: createGraphqlHandler(apollo, options),
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
    listen: (host, port) => http.listen({ host, port }),
    close: async () => {
      isDraining = true
      await http.close()
      await apollo.stop()
    },
    settled: () => underWay.settled(),
  }
}

function createApollo({ schema, isProduction, logger }: AppOptions): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    formatError,
    introspection: !isProduction,
    hideSchemaDetailsFromClientErrors: isProduction,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger,
    plugins: [errorReport(logger), sandbox(GRAPHQL_PATH, isProduction), ApolloServerPluginInlineTraceDisabled()],
  })
}

function createHttp(logger: Logger, underWay: UnderWay): FastifyInstance {
  const http = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) =>
      refuse(reply.header('x-request-id', request.id), error.statusCode ?? 400, ErrorCode.BAD_REQUEST, error.message),
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
  http.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, status, ErrorCode.BAD_REQUEST, error.message)
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
