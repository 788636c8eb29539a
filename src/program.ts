import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Logger, pino } from 'pino'
import { ConfigError, checkTrustedDocuments, type GatewayConfig, readGatewayConfig } from './config/gateway-config.js'
import { createSchema } from './graph/schema/schema.js'
import { CurrentRegistry } from './loaders/customers/current-registry.js'
import { reload } from './reload.js'
import type { Clock } from './request/clock.js'
import { createApp } from './server/app.js'
import { Authenticator } from './server/authentication/authenticator.js'
import { DASHBOARD_PATH } from './server/dashboard/dashboard-routes.js'
import { EXAMPLE_QUERY } from './server/graphql/sandbox.js'
import { describeFault } from './server/observability/error-report.js'
import { CurrentSystems } from './upstream/current-systems.js'
import { stopFreezing } from './upstream/decoding/deep-freeze.js'
import type { ThreescaleWrites } from './upstream/threescale/writes.js'
import type { OpenWrites } from './writes/open-writes.js'
import type { RecoveryEvent } from './writes/recovery.js'

/** Signals closer together than this count as one: npm forwards a Ctrl-C that the terminal also sends. */
const SAME_SIGNAL_SECONDS = 1

/** The built dashboard, beside the built program. */
const DASHBOARD_FOLDER = fileURLToPath(new URL('./dashboard/', import.meta.url))

/** Starts the gateway with the settings of the environment, and stops it on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const read = () => readGatewayConfig(process.env, path => readFileSync(path, 'utf8'))
  const config = read()
  const schema = await createSchema(config)
  checkTrustedDocuments(config, schema)
  const logger = pino({ level: config.logLevel })
  const clock = () => new Date()
  // Imported only here: a configured gateway need not load the stand-ins.
  const demo = config.isDemo ? await (await import('./demo.js')).startDemo(clock) : null
  if (demo) logger.warn('DEMO: no upstream is configured, every figure is invented by the built-in stand-ins')
  for (const warning of config.warnings) logger.warn(warning)
  if (config.isOpenToNetwork) {
    logger.warn('OPEN: AUTH is open on an address that other machines reach: any client there can read every bill')
  }
  const systems = new CurrentSystems({ ...config.systems, ...demo?.systems }, clock, message => logger.warn(message))
  const registry = new CurrentRegistry(config.registry ?? demo?.registry)
  const authenticator = new Authenticator(config.callers, { tokens: () => systems.tokens, clock })
  const { authenticate } = authenticator
  const { isDemo, isProduction, server: settings, limits } = config
  const writes = await openConfiguredWrites(config, systems, clock, logger)
  if (isProduction) stopFreezing()
  const hasDashboard = settings.hasDashboard && existsSync(DASHBOARD_FOLDER)
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
  })

  const end = async (): Promise<void> => {
    await app.close()
    await writes?.close()
    await authenticator[Symbol.asyncDispose]()
    await systems.close()
    await demo?.close()
  }
  // An unhandled rejection would end the process, and the service for all callers.
  process.on('unhandledRejection', error => logger.error(describeFault(error), 'an unhandled rejection'))
  let stoppedAt: number | undefined
  const stop = (): void => {
    // A second signal stops the process at once.
    if (stoppedAt !== undefined && process.uptime() - stoppedAt > SAME_SIGNAL_SECONDS) process.exit(1)
    if (stoppedAt !== undefined) return
    stoppedAt = process.uptime()
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // On a terminal SIGHUP means that the terminal was closed, and keeps its default of ending the process.
  if (!process.stdout.isTTY) {
    process.on('SIGHUP', () => reload({ read, systems, registry, authenticator, settled: () => app.settled(), logger }))
  }

  const address = await app.listen(config.host, config.port)
  process.stdout.write(`Billgraph is ready at ${address}/graphql, for example with the query ${EXAMPLE_QUERY}\n`)
  if (hasDashboard) process.stdout.write(`The dashboard is at ${address}${DASHBOARD_PATH}\n`)
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
