import { setTimeout } from 'node:timers/promises'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { type LimitSettings, STANDARD_LIMITS } from '../access/limit.js'
import { ErrorCode } from '../graph/errors/error-code.js'
import { formatError, formatErrorDiscreetly } from '../graph/errors/format-error.js'
import { CurrentRegistry } from '../loaders/customers/current-registry.js'
import { Admission, admit, EventLoopDelay, type LoopDelay } from './admission/admission.js'
import { createAuthenticationHook } from './authentication/authentication-hook.js'
import type { Authenticate } from './authentication/authenticator.js'
import { serveDashboard } from './dashboard/dashboard-routes.js'
import { createExportHandler, EXPORT_PATH } from './export/export-handler.js'
import { apolloOptions } from './graphql/apollo-options.js'
import { createDocumentGate } from './graphql/document-gate.js'
import type { GraphqlContext } from './graphql/graphql-context.js'
import { createGraphqlHandler, createPageHandler, type GraphqlOptions } from './graphql/handler.js'
import { PersistedQueryStore } from './graphql/persisted-query-store.js'
import { sandbox } from './graphql/sandbox.js'
import { compressAnswers } from './http/compression.js'
import { allowOrigins } from './http/cors.js'
import { answerHealth } from './http/health.js'
import { createHttp, GRAPHQL_PATH, InFlightRequests } from './http/http-server.js'
import { refuse } from './http/refusal.js'
import { LimitPolicy } from './limits/limit-policy.js'
import { limitsPlugin, OperationLimiter } from './limits/operation-limiter.js'
import { errorReport } from './observability/error-report.js'
import { OperationCache } from './operation-cache/operation-cache.js'
import { recogniseRepeats } from './operation-cache/repeated-body.js'
import type { ServerSettings } from './settings.js'

/** What the HTTP server is built from. */
export interface AppOptions extends Omit<GraphqlOptions, 'registry'> {
  /** The customer registry; an empty one unless given. */
  readonly registry?: CurrentRegistry
  readonly schema: GraphQLSchema
  readonly isProduction: boolean
  readonly logger: Logger
  readonly authenticate: Authenticate
  readonly settings: ServerSettings
  /** The folder of the built dashboard, which is served if the settings say so; without it, none is. */
  readonly dashboardFolder?: string
  /** The default limits unless given. */
  readonly limits?: LimitSettings
  /** The store of automatic persisted queries; an empty one unless given. */
  readonly persistedQueryStore?: PersistedQueryStore
  /** The delay by which admission control judges the event loop; measured unless given. */
  readonly loopDelay?: LoopDelay
}

/** A server that is built and does not listen yet. */
export interface App {
  /** @returns the address: `http://127.0.0.1:4000` */
  listen(host: string, port: number): Promise<string>
  /** Counts how often each limit was exceeded. */
  readonly limits: Pick<LimitPolicy, 'countOf'>
  /** Reports not ready, refuses new connections, answers the requests in flight as far as the time allows, and closes. */
  close(): Promise<void>
  /** Resolves when the requests that are in flight now are answered. */
  settled(): Promise<void>
}

/** Builds the HTTP server: GraphQL, health checks, and the Sandbox page in development. */
export async function createApp(options: AppOptions): Promise<App> {
  const { isProduction, logger, settings } = options
  const limits = new LimitPolicy(options.limits ?? STANDARD_LIMITS, logger)
  const limiter = new OperationLimiter(limits, options.clock)
  const apollo = createApollo(options, limits, limiter)
  await apollo.start()
  const { loopDelay = new EventLoopDelay() } = options
  const admission = new Admission(settings.admission, loopDelay)
  const inFlight = new InFlightRequests()
  let isDraining = false
  const http = createHttp({ logger, limits, inFlight })
  http.addHook('onSend', (_request, reply, payload, done) => {
    // An idle connection would keep the server open for more than a minute.
    if (isDraining) reply.header('connection', 'close')
    done(null, payload)
  })
  if (settings.cors) await allowOrigins(http, settings.cors)
  if (settings.hasCompression) await compressAnswers(http)

  answerHealth(http, () => (isDraining ? 'draining' : admission.isShedding ? 'shedding' : 'ready'))
  http.decorateRequest('principal', null)
  http.decorateRequest('answeredFrom', null)
  http.decorateRequest('rawKey', null)
  http.decorateRequest('parseBody', null)
  const { systems, clock, registry = new CurrentRegistry() } = options
  const { keepsAnswers } = settings
  const operationCache = new OperationCache({ systems, registry, limiter, clock, isEnabled: keepsAnswers })
  // With trusted documents, the gate logs every use of another document.
  if (keepsAnswers && !settings.trustedDocuments) recogniseRepeats(http, operationCache)
  http.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    // Authentication needs the headers alone: without a credential no body is read and no permit is taken.
    onRequest: createAuthenticationHook(options.authenticate, logger),
    handler: admit(
      admission,
      createGraphqlHandler(
        apollo,
        { ...options, registry },
        {
          checkDocument: createDocumentGate(settings, logger),
          callBudget: id => limits.callBudget(id),
          operationCache,
        },
      ),
    ),
  })
  http.route({
    method: 'GET',
    url: EXPORT_PATH,
    exposeHeadRoute: false,
    onRequest: createAuthenticationHook(options.authenticate, logger),
    handler: admit(admission, createExportHandler({ systems, registry, clock, limits, limiter, logger })),
  })
  http.route({
    method: ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: EXPORT_PATH,
    handler: (request, reply) =>
      refuse(
        reply.header('allow', 'GET'),
        405,
        ErrorCode.BAD_REQUEST,
        `Exports do not accept ${request.method}. Use GET.`,
      ),
  })
  http.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: GRAPHQL_PATH,
    handler: (request, reply) =>
      refuse(
        reply.header('allow', 'GET, POST'),
        405,
        ErrorCode.BAD_REQUEST,
        `GraphQL does not accept ${request.method}. Use GET or POST.`,
      ),
  })
  if (!isProduction) http.get('/', createPageHandler(apollo, { ...options, registry }))

  if (settings.hasDashboard && options.dashboardFolder) await serveDashboard(http, options.dashboardFolder)

  return {
    limits,
    listen: async (name, port) => {
      // Fastify binds both addresses of localhost only when it creates the server itself.
      const host = name === 'localhost' ? '127.0.0.1' : name
      return http.listen({ host, port })
    },
    close: async () => {
      isDraining = true
      http.server.close()
      await Promise.race([inFlight.drained(), setTimeout(settings.shutdownTimeoutMs, undefined, { ref: false })])
      // The connections that are left are idle, their request has not arrived in full, their client does not read, or the time is over.
      // A server that closes no longer times them out.
      http.server.closeAllConnections()
      await http.close()
      loopDelay[Symbol.dispose]()
      await apollo.stop()
    },
    settled: () => inFlight.settled(),
  }
}

function createApollo(
  options: AppOptions,
  limits: LimitPolicy,
  limiter: OperationLimiter,
): ApolloServer<GraphqlContext> {
  const { schema, isProduction, logger, settings, persistedQueryStore = new PersistedQueryStore() } = options
  const { plugins, ...protocol } = apolloOptions({
    schema,
    settings,
    store: persistedQueryStore,
    clock: options.clock,
    // In shadow mode every operation is measured, so none is answered from the operation cache.
    isCaching: limits.isEnforcing,
  })
  return new ApolloServer<GraphqlContext>({
    schema,
    formatError: isProduction ? formatErrorDiscreetly : formatError,
    ...protocol,
    hideSchemaDetailsFromClientErrors: isProduction,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.bound('LIMIT_TOKENS') },
    stopOnTerminationSignals: false,
    logger,
    plugins: [
      // First, so that the others see a refusal by a limit and not the parser's error.
      limitsPlugin(limiter),
      ...plugins,
      errorReport(logger),
      sandbox(GRAPHQL_PATH, isProduction),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  })
}
