import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { type LimitSettings, STANDARD_LIMITS } from '../access/limit.js'
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
import { createGraphqlHandler, createPageHandler, type GraphqlHandler, type GraphqlOptions } from './graphql/handler.js'
import { PersistedQueryStore } from './graphql/persisted-query-store.js'
import { SANDBOX_PATH, sandbox } from './graphql/sandbox.js'
import { compressAnswers } from './http/compression.js'
import { allowOrigins } from './http/cors.js'
import { Drain } from './http/drain.js'
import { answerHealth } from './http/health.js'
import { createHttp, GRAPHQL_PATH, InFlightRequests } from './http/http-server.js'
import { refuseMethods } from './http/refusal.js'
import { LimitPolicy } from './limits/limit-policy.js'
import { limitsPlugin, OperationLimiter } from './limits/operation-limiter.js'
import type { RateCounter } from './limits/rate-limiter.js'
import { logCalls } from './observability/call-log.js'
import { errorReport } from './observability/error-report.js'
import type { Metrics } from './observability/metrics.js'
import { requestLog } from './observability/request-log.js'
import type { Tracer } from './observability/tracer.js'
import { OperationCache } from './operation-cache/operation-cache.js'
import { recogniseRepeats } from './operation-cache/repeated-body.js'
import { servePages } from './pages/pages.js'
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
  /** Counts what callers spend; this process alone unless given. */
  readonly rates?: RateCounter | null
  /** The store of automatic persisted queries; an empty one unless given. */
  readonly persistedQueryStore?: PersistedQueryStore
  /** Collects metrics; none are collected unless given. */
  readonly metrics?: Pick<Metrics, 'observeResponse' | 'watch'> | null
  /** Records traces; none are recorded unless given. */
  readonly tracer?: Tracer | null
  /** The delay by which admission control judges the event loop; measured unless given. */
  readonly loopDelay?: LoopDelay
}

/** A server that is built and does not listen yet. */
export interface App {
  /** @returns the address: `http://127.0.0.1:4000` */
  listen(host: string, port: number): Promise<string>
  /** Counts how often each limit was exceeded. */
  readonly limits: Pick<LimitPolicy, 'countOf'>
  /**
   * Reports not ready, answers requests for a while, refuses new connections, answers what is in flight as far as the time allows, and
   * closes.
   *
   * @param delayMs how long it still answers; as configured unless given
   */
  close(delayMs?: number): Promise<void>
  /** Resolves when the requests that are in flight now are answered. */
  settled(): Promise<void>
}

/** Builds the HTTP server: GraphQL, health checks, exports, and pages for people. */
export async function createApp(options: AppOptions): Promise<App> {
  const { logger, settings } = options
  const limits = new LimitPolicy(options.limits ?? STANDARD_LIMITS, logger)
  const limiter = new OperationLimiter(limits, options.clock, options.rates)
  const { metrics, tracer } = options
  tracer?.instrument(options.schema)
  const apollo = createApollo(options, limits, limiter)
  await apollo.start()
  const { loopDelay = new EventLoopDelay() } = options
  const admission = new Admission(settings.admission, loopDelay)
  const inFlight = new InFlightRequests()
  const observers = [requestLog(logger), metrics?.observeResponse, tracer?.observeResponse].filter(one => one != null)
  const stopLoggingCalls = logCalls(logger)
  const http = createHttp({ logger, limits, inFlight, trustedProxies: settings.trustedProxies, observers })
  const drain = new Drain(http, inFlight, settings.drain)
  if (settings.cors) await allowOrigins(http, settings.cors)
  if (settings.hasCompression) await compressAnswers(http)

  answerHealth(http, () => (drain.isActive ? 'draining' : admission.isShedding ? 'shedding' : 'ready'))
  http.decorateRequest('principal', null)
  http.decorateRequest('answeredFrom', null)
  http.decorateRequest('rawKey', null)
  http.decorateRequest('parseBody', null)
  const { systems, clock, registry = new CurrentRegistry() } = options
  const { keepsAnswers } = settings
  metrics?.watch({ systems, admission, limits, journal: options.writes?.journal ?? null })
  const admitted = (handler: GraphqlHandler): GraphqlHandler => {
    const whole = admit(admission, handler)
    return tracer ? tracer.trace(whole) : whole
  }
  const operationCache = new OperationCache({ systems, registry, limiter, clock, isEnabled: keepsAnswers })
  // With trusted documents, the gate logs every use of another document.
  if (keepsAnswers && !settings.trustedDocuments) recogniseRepeats(http, operationCache)
  http.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    // Authentication needs the headers alone: without a credential no body is read and no permit is taken.
    onRequest: createAuthenticationHook(options.authenticate, logger),
    handler: admitted(
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
    handler: admitted(createExportHandler({ systems, registry, clock, limits, limiter, logger })),
  })
  refuseMethods(http, EXPORT_PATH, ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], {
    subject: 'Exports do',
    allowed: ['GET'],
  })
  refuseMethods(http, GRAPHQL_PATH, ['PUT', 'PATCH', 'DELETE', 'OPTIONS'], {
    subject: 'GraphQL does',
    allowed: ['GET', 'POST'],
  })
  if (settings.hasExplorer) {
    await servePages(http, options)
    http.get(SANDBOX_PATH, createPageHandler(apollo, { ...options, registry }))
  }

  if (settings.hasDashboard && options.dashboardFolder) await serveDashboard(http, options.dashboardFolder)

  return {
    limits,
    listen: async (name, port) => {
      // Fastify binds both addresses of localhost only when it creates the server itself.
      const host = name === 'localhost' ? '127.0.0.1' : name
      return http.listen({ host, port })
    },
    close: async delayMs => {
      await drain.run(delayMs)
      loopDelay[Symbol.dispose]()
      stopLoggingCalls()
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
  const { schema, isProduction, logger, settings, tracer, persistedQueryStore = new PersistedQueryStore() } = options
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
      // Last of those that see the response's errors as they are sent.
      ...(tracer ? [tracer.plugin] : []),
      sandbox(GRAPHQL_PATH, settings.hasExplorer),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  })
}
