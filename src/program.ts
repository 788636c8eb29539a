import cluster from 'node:cluster'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import {
  ConfigError,
  checkTrustedDocuments,
  type GatewayConfig,
  readGatewayConfig,
  trustDashboard,
} from './config/gateway-config.js'
import { type EndSignal, endOnSignal } from './end-on-signal.js'
import { createSchema } from './graph/schema/schema.js'
import { CurrentRegistry } from './loaders/customers/current-registry.js'
import { packageVersion } from './package-version.js'
import { reload } from './reload.js'
import type { Clock } from './request/clock.js'
import { describeFault } from './request/fault.js'
import { type App, createApp } from './server/app.js'
import { Authenticator } from './server/authentication/authenticator.js'
import { DASHBOARD_PATH } from './server/dashboard/dashboard-routes.js'
import { EXAMPLE_QUERY } from './server/graphql/sandbox.js'
import { SharedRateLimiter } from './server/limits/shared-rate-limiter.js'
import { type AdminServer, startAdminServer } from './server/observability/admin-server.js'
import { logAlways, openLog } from './server/observability/log-output.js'
import type { Metrics } from './server/observability/metrics.js'
import { CurrentSystems } from './upstream/current-systems.js'
import { stopFreezing } from './upstream/decoding/deep-freeze.js'
import type { ThreescaleWrites } from './upstream/threescale/writes.js'
import type { OpenWrites } from './writes/open-writes.js'
import type { RecoveryEvent } from './writes/recovery.js'

/** The built dashboard, beside the built program. */
const DASHBOARD_FOLDER = fileURLToPath(new URL('./dashboard/', import.meta.url))

/** Starts the gateway with the settings of the environment, and stops it on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig()
  const schema = await createSchema(config)
  checkTrustedDocuments(config, schema)
  let stop = (): void => process.exit(1)
  const logger = openLog(config.logLevel, cluster.isPrimary, () => stop())
  // Closed in the opposite order.
  const opened = new AsyncDisposableStack()
  const parts = await openParts(config, logger, opened)
  const { isDemo, isProduction, server: settings, limits } = config
  if (isProduction) stopFreezing()
  const dashboardFolder = findDashboard(config, logger)
  const app = await createApp({
    ...{ schema, isDemo, isProduction, settings, limits, logger },
    ...parts,
    authenticate: parts.authenticator.authenticate,
    ...(dashboardFolder !== null && { dashboardFolder }),
  })
  const admin = await startOperatorsPort(config, parts.metrics, logger)
  if (admin) opened.defer(() => admin.close())
  stop = endOnSignal(signal => end(signal, app, opened, settings.drain.timeoutMs, logger))
  // An unhandled rejection would end the process, and the service for all callers.
  process.on('unhandledRejection', error => logger.error(describeFault(error), 'an unhandled rejection'))
  // On a terminal SIGHUP means that the terminal was closed, and keeps its default of ending the process.
  if (!process.stdout.isTTY) {
    process.on('SIGHUP', () => reload({ ...parts, read: readConfig, settled: () => app.settled(), logger }))
  }
  const address = await app.listen(config.host, config.port)
  announce(address, config, { admin, hasDashboard: dashboardFolder !== null }, logger)
}

/** The settings of the environment, with the documents of the dashboard if it is served. */
function readConfig(): GatewayConfig {
  const config = readGatewayConfig(process.env, path => readFileSync(path, 'utf8'))
  const isServed = config.server.hasDashboard && existsSync(DASHBOARD_FOLDER)
  return isServed
    ? trustDashboard(config, () => readFileSync(`${DASHBOARD_FOLDER}trusted-documents.json`, 'utf8'))
    : config
}

/** Opens what the app is built from, and logs the warnings of the settings. */
async function openParts(config: GatewayConfig, logger: Logger, opened: AsyncDisposableStack) {
  const version = packageVersion()
  const tracer = config.tracing && (await loadTracing())(config.tracing, version, logger)
  if (tracer) opened.defer(() => tracer.close())
  const metrics = config.metrics && (await loadMetrics())({ version, ...config.server })
  const clock = () => new Date()
  const demo = config.isDemo ? await startDemo(clock, logger) : null
  if (demo) opened.defer(() => demo.close())
  if (isFirst()) warnOfSettings(config, logger)
  const warn = (message: string): void => logger.warn(message)
  const systems = new CurrentSystems({ ...config.systems, ...demo?.systems }, clock, warn)
  opened.defer(() => systems.close())
  const registry = new CurrentRegistry(config.registry ?? demo?.registry)
  const rates = opened.use(openRates(config, clock, warn))
  const authenticator = opened.use(new Authenticator(config.callers, { tokens: () => systems.tokens, clock }))
  const writes = await openConfiguredWrites(config, systems, clock, logger)
  if (writes) opened.defer(() => writes.close())
  return { clock, tracer, metrics, systems, registry, rates, authenticator, writes }
}

/** Imported only here: a configured gateway need not load the stand-ins. */
async function startDemo(clock: Clock, logger: Logger) {
  const demo = await (await import('./demo.js')).startDemo(clock)
  logger.warn('DEMO: no upstream is configured, every figure is invented by the built-in stand-ins')
  return demo
}

/** The other workers start after the first, with the same settings and on the same port. */
function isFirst(): boolean {
  return cluster.isPrimary || cluster.worker?.id === 1
}

function warnOfSettings({ warnings, isOpenToNetwork }: GatewayConfig, logger: Logger): void {
  for (const warning of warnings) logger.warn(warning)
  if (!isOpenToNetwork) return
  logger.warn('OPEN: AUTH is open on an address that other machines reach: any client there can read every bill')
}

/** Null when rates are not limited. */
function openRates(
  { limits: { rate }, systems: { cache, catalyst, threescale } }: GatewayConfig,
  clock: Clock,
  warn: (message: string) => void,
): SharedRateLimiter | null {
  if (rate === null) return null
  const scope = JSON.stringify([threescale?.url, ...catalyst.map(({ authUrl }) => authUrl)])
  const rates = new SharedRateLimiter({ rate, scope, clock, warn, timeoutMs: cache.timeoutMs })
  rates.use(cache.url)
  return rates
}

/** Null when it is not served. */
function findDashboard({ server: { hasDashboard } }: GatewayConfig, logger: Logger): string | null {
  if (!hasDashboard) return null
  if (existsSync(DASHBOARD_FOLDER)) return DASHBOARD_FOLDER
  logger.warn('the dashboard is not built: run npm run build')
  return null
}

/** The port for operators; null without one. A worker has none: the process that started it has, and passes the log level on. */
async function startOperatorsPort({ metrics: settings }: GatewayConfig, metrics: Metrics | null, logger: Logger) {
  if (cluster.isWorker) followLogLevel(logger)
  if (!metrics || !settings) return null
  if (cluster.isPrimary) return startAdminServer({ metricsText: metrics.metricsText, logger }, settings)
  const { answerMetrics } = await import('./server/observability/worker-metrics.js')
  answerMetrics(metrics.registry)
  return null
}

function followLogLevel(logger: Logger): void {
  process.on('message', message => {
    if (typeof message === 'object' && message !== null && 'logLevel' in message)
      logger.level = String(message.logLevel)
  })
}

/** Ends the service of a signal, and closes what was opened as far as the time allows. The journal is complete at every moment. */
async function end(
  signal: EndSignal,
  app: App,
  opened: AsyncDisposableStack,
  timeoutMs: number,
  logger: Logger,
): Promise<void> {
  const timeout = setTimeout(timeoutMs, undefined, { ref: false })
  logAlways(logger, { event: 'drain', signal }, 'draining: not ready for load balancers, then no new connections')
  // No load balancer has to notice that a program on a terminal ends.
  await app.close(signal === 'SIGINT' ? 0 : undefined)
  await Promise.race([opened.disposeAsync(), timeout])
  logAlways(logger, { event: 'end', seconds: Math.round(process.uptime()) }, 'ended')
}

/** Says where the gateway is reached. */
function announce(
  address: string,
  { isProduction }: GatewayConfig,
  { admin, hasDashboard }: { readonly admin: AdminServer | null; readonly hasDashboard: boolean },
  logger: Logger,
): void {
  const ready = `Billgraph is ready at ${address}/graphql`
  if (isProduction) {
    const metrics = admin && { metrics: `${admin.address}/metrics` }
    const facts = { event: 'start', version: packageVersion(), node: process.version, ...metrics }
    logAlways(logger, facts, ready)
  } else if (isFirst()) {
    process.stdout.write(`${ready}, for example with the query ${EXAMPLE_QUERY}\n`)
    if (hasDashboard) process.stdout.write(`The dashboard is at ${address}${DASHBOARD_PATH}\n`)
  }
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
  if (event.event === 'run ended') logger.debug('writes in doubt were read back')
  else if (event.event === 'failed')
    logger.warn({ ...facts, ...describeFault(event.error) }, 'reading back a write failed')
  else if (event.event === 'duplicates removed')
    logger.warn({ ...facts, lineItemIds: event.lineItemIds }, 'line items that a write had made twice were removed')
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
