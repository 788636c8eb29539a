import cluster from 'node:cluster'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import {
  ConfigError,
  checkTrustedDocuments,
  type GatewayConfig,
  readGatewayConfig,
  trustDashboard,
} from './config/gateway-config.js'
import { endOnSignal } from './end-on-signal.js'
import { createSchema } from './graph/schema/schema.js'
import { CurrentRegistry } from './loaders/customers/current-registry.js'
import { packageVersion } from './package-version.js'
import { reload } from './reload.js'
import type { Clock } from './request/clock.js'
import { createApp } from './server/app.js'
import { Authenticator } from './server/authentication/authenticator.js'
import { DASHBOARD_PATH } from './server/dashboard/dashboard-routes.js'
import { EXAMPLE_QUERY } from './server/graphql/sandbox.js'
import { SharedRateLimiter } from './server/limits/shared-rate-limiter.js'
import { startAdminServer } from './server/observability/admin-server.js'
import { describeFault } from './server/observability/error-report.js'
import { logAlways, openLog } from './server/observability/log-output.js'
import { CurrentSystems } from './upstream/current-systems.js'
import { stopFreezing } from './upstream/decoding/deep-freeze.js'
import type { ThreescaleWrites } from './upstream/threescale/writes.js'
import type { OpenWrites } from './writes/open-writes.js'
import type { RecoveryEvent } from './writes/recovery.js'

/** The built dashboard, beside the built program. */
const DASHBOARD_FOLDER = fileURLToPath(new URL('./dashboard/', import.meta.url))

/** Starts the gateway with the settings of the environment, and stops it on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const read = () => readGatewayConfig(process.env, path => readFileSync(path, 'utf8'))
  const configured = read()
  const hasDashboard = configured.server.hasDashboard && existsSync(DASHBOARD_FOLDER)
  const config = hasDashboard
    ? trustDashboard(configured, () => readFileSync(`${DASHBOARD_FOLDER}trusted-documents.json`, 'utf8'))
    : configured
  const schema = await createSchema(config)
  checkTrustedDocuments(config, schema)
  let stop = (): void => process.exit(1)
  const logger = openLog(config.logLevel, () => {
    process.stderr.write('billgraph: stdout is closed, so nothing can be logged: ending\n')
    stop()
  })
  const version = packageVersion()
  const tracer = config.tracing && (await loadTracing())(config.tracing, version, logger)
  const metrics = config.metrics && (await loadMetrics())({ version, ...config.server })
  const clock = () => new Date()
  // Imported only here: a configured gateway need not load the stand-ins.
  const demo = config.isDemo ? await (await import('./demo.js')).startDemo(clock) : null
  if (demo) logger.warn('DEMO: no upstream is configured, every figure is invented by the built-in stand-ins')
  // The others start after the first, with the same settings and on the same port.
  const isFirst = cluster.isPrimary || cluster.worker?.id === 1
  if (isFirst) for (const warning of config.warnings) logger.warn(warning)
  if (isFirst && config.isOpenToNetwork) {
    logger.warn('OPEN: AUTH is open on an address that other machines reach: any client there can read every bill')
  }
  const warn = (message: string): void => logger.warn(message)
  const systems = new CurrentSystems({ ...config.systems, ...demo?.systems }, clock, warn)
  const registry = new CurrentRegistry(config.registry ?? demo?.registry)
  const authenticator = new Authenticator(config.callers, { tokens: () => systems.tokens, clock })
  const { authenticate } = authenticator
  const { isDemo, isProduction, server: settings, limits } = config
  const { cache, catalyst, threescale } = config.systems
  const scope = JSON.stringify([threescale?.url, ...catalyst.map(({ authUrl }) => authUrl)])
  const rates = limits.rate && new SharedRateLimiter({ rate: limits.rate, scope, clock, warn })
  rates?.use(cache.url)
  const writes = await openConfiguredWrites(config, systems, clock, logger)
  if (isProduction) stopFreezing()
  if (settings.hasDashboard && !hasDashboard) logger.warn('the dashboard is not built: run npm run build')
  const app = await createApp({
    schema,
    systems,
    registry,
    isDemo,
    isProduction,
    settings,
    limits,
    clock,
    logger,
    authenticate,
    writes,
    ...(hasDashboard && { dashboardFolder: DASHBOARD_FOLDER }),
    rates,
    metrics,
    tracer,
  })

  stop = endOnSignal(async signal => {
    logger.info({ event: 'drain', signal }, 'draining: not ready for load balancers, then no new connections')
    // No load balancer has to notice that a program on a terminal ends.
    await app.close(signal === 'SIGINT' ? 0 : undefined)
    await writes?.close()
    await authenticator[Symbol.asyncDispose]()
    rates?.[Symbol.dispose]()
    await systems.close()
    await demo?.close()
    await tracer?.close()
    await admin?.close()
    logger.info({ event: 'end', seconds: Math.round(process.uptime()) }, 'ended')
  })
  // An unhandled rejection would end the process, and the service for all callers.
  process.on('unhandledRejection', error => logger.error(describeFault(error), 'an unhandled rejection'))
  // On a terminal SIGHUP means that the terminal was closed, and keeps its default of ending the process.
  if (!process.stdout.isTTY) {
    process.on('SIGHUP', () =>
      reload({ read, systems, rates, registry, authenticator, settled: () => app.settled(), logger }),
    )
  }

  if (cluster.isWorker) obeyPrimary(logger)
  if (cluster.isWorker && metrics)
    (await import('./server/observability/worker-metrics.js')).answerMetrics(metrics.registry)
  const admin =
    cluster.isPrimary && metrics && config.metrics
      ? await startAdminServer({ metricsText: metrics.metricsText, logger }, config.metrics)
      : null
  const address = await app.listen(config.host, config.port)
  const ready = `Billgraph is ready at ${address}/graphql`
  const facts = {
    event: 'start',
    version,
    node: process.version,
    ...(admin && { metrics: `${admin.address}/metrics` }),
  }
  if (isProduction) logAlways(logger, facts, ready)
  else if (isFirst) {
    process.stdout.write(`${ready}, for example with the query ${EXAMPLE_QUERY}\n`)
    if (hasDashboard) process.stdout.write(`The dashboard is at ${address}${DASHBOARD_PATH}\n`)
  }
}

/** The process that started this one has the port for operators, and passes the log level on. */
function obeyPrimary(logger: Logger): void {
  process.on('message', message => {
    if (typeof message === 'object' && message !== null && 'logLevel' in message)
      logger.level = String(message.logLevel)
  })
}

/** Imported only where metrics are asked for. */
async function loadMetrics() {
  return (await import('./server/observability/metrics.js')).createMetrics
}

/** Imported only where traces are asked for. Their packages are optional. */
async function loadTracing() {
  try {
    return (await import('./server/observability/tracing/tracing.js')).startTracing
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    const problem =
      'OTEL_EXPORTER_OTLP_ENDPOINT is set, but the packages of OpenTelemetry are not installed: install without --omit=optional, or unset it'
    throw new ConfigError([problem])
  }
}

/** The writes of a gateway with a journal; in the demo it is in memory. Null without 3scale or a journal. */
async function openConfiguredWrites(
  { isDemo, writes: { journal: configured, ...settings } }: GatewayConfig,
  systems: CurrentSystems,
  clock: Clock,
  logger: Logger,
): Promise<OpenWrites | null> {
  const journal = configured ?? (isDemo ? ':memory:' : null)
  if (journal === null || systems.threescaleWrites === null) return null
  // Imported only here: most gateways only read.
  const { openWrites } = await import('./writes/open-writes.js')
  const threescale = (): ThreescaleWrites => {
    if (systems.threescaleWrites) return systems.threescaleWrites
    throw new Error('3scale is no longer configured')
  }
  return openWrites({ journal, ...settings, threescale, clock, log: event => logRecovery(logger, event) })
}

function logRecovery(logger: Logger, event: RecoveryEvent): void {
  const { key, operation, target, state } = event.intent ?? {}
  const facts = { key, operation, target, state }
  if (event.event === 'failed') logger.warn({ ...facts, ...describeFault(event.error) }, 'reading back a write failed')
  else if (state === 'INCIDENT')
    logger.error({ ...facts, reason: event.intent.refusal?.message }, 'a write is an incident')
  else logger.info(facts, 'a write in doubt is settled')
}

main().catch((error: unknown) => {
  process.stderr.write(`billgraph: ${explain(error)}\n`)
  process.exit(1)
})

/** What failed and how to fix it; the stack trace of an unexpected error. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ConfigError) return error.message
  if (!('code' in error)) return error.stack ?? error.message
  const inUse = error.code === 'EADDRINUSE' ? '; set PORT to another port' : ''
  return `${error.message}${inUse}`
}
