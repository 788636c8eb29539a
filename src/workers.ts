import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import { ConfigError, type GatewayConfig, readGatewayConfig } from './config/gateway-config.js'
import type { MetricsSettings } from './config/metrics.js'
import { type EndSignal, endOnSignal } from './end-on-signal.js'
import { startAdminServer } from './server/observability/admin-server.js'
import type { LogLevel } from './server/observability/log-level.js'
import { logAlways, openLog } from './server/observability/log-output.js'

/** A worker that has lived for so long did not end because of how it was started. */
const STABLE_SECONDS = 60
const FIRST_BACK_OFF_MS = 100
const MAX_BACK_OFF_MS = 10_000

/** How long to wait before a worker that has died is replaced. */
export class BackOff {
  /** When workers died, in seconds; those of the last minute. */
  private deaths: readonly number[] = []

  /** @param seconds of a clock that only goes forwards */
  constructor(private readonly seconds: () => number) {}

  /** Notes a death. @returns milliseconds; 0 for the first within a minute */
  afterDeath(): number {
    const now = this.seconds()
    this.deaths = [...this.deaths.filter(at => now - at < STABLE_SECONDS), now]
    const again = this.deaths.length - 2
    return again < 0 ? 0 : Math.min(FIRST_BACK_OFF_MS * 2 ** again, MAX_BACK_OFF_MS)
  }
}

/**
 * Runs the program in several processes that listen on one port, when WORKERS says so. Replaces those that die, and passes SIGHUP,
 * SIGINT and SIGTERM on. This process answers no request.
 *
 * @returns false when this process is to run the gateway itself, or to say what is wrong with the settings
 */
export function startWorkers(variables: Readonly<Record<string, string | undefined>>): boolean {
  const config = readValidConfig(variables)
  if (config === null) return false
  const count = config.workers === 'auto' ? availableParallelism() : config.workers
  if (count === 1) return false
  let stop = (): void => process.exit(1)
  const logger = openLog(config.logLevel, false, () => stop())
  const workers = new Workers(count, logger)
  stop = endOnSignal(signal => workers.end(signal))
  if (!process.stdout.isTTY) process.on('SIGHUP', () => workers.reload())
  workers.start()
  if (config.metrics) serveOperators(workers, logger, config.metrics)
  return true
}

/** The metrics of all workers are on one port, and so is their log level. */
function serveOperators(workers: Workers, logger: Logger, settings: MetricsSettings): void {
  const load = async (): Promise<void> => {
    const { WorkersMetrics } = await import('./server/observability/worker-metrics.js')
    const metrics = new WorkersMetrics()
    const metricsText = () => metrics.text(workers.ready())
    const passLevelOn = (level: LogLevel) => workers.setLogLevel(level)
    const { address } = await startAdminServer({ metricsText, logger, passLevelOn }, settings)
    const facts = { event: 'start', workers: workers.count, metrics: `${address}/metrics` }
    logAlways(logger, facts, 'workers are started')
  }
  load().catch((error: unknown) => {
    process.stderr.write(`billgraph: METRICS_PORT: ${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  })
}

function readValidConfig(variables: Readonly<Record<string, string | undefined>>): GatewayConfig | null {
  try {
    return readGatewayConfig(variables, path => readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}

class Workers {
  private hasStarted = false
  private isEnding = false
  private readonly backOff = new BackOff(() => process.uptime())
  private reloads = 0
  /** Null until it is changed at run time. */
  private logLevel: LogLevel | null = null

  constructor(
    readonly count: number,
    private readonly logger: Logger,
  ) {}

  /** Starts the others once the first one listens: what is wrong with the settings or the port is then said once. */
  start(): void {
    this.fork().once('listening', () => {
      this.hasStarted = true
      for (let index = 1; index < this.count; index++) this.fork()
    })
  }

  reload(): void {
    this.reloads++
    // The default action of SIGHUP would end a worker that does not listen yet.
    for (const worker of this.ready()) worker.process.kill('SIGHUP')
  }

  setLogLevel(level: LogLevel): void {
    this.logLevel = level
    for (const worker of this.ready()) worker.send({ logLevel: level })
  }

  /** Those that listen. */
  ready(): readonly Worker[] {
    return this.all().filter(({ isReady }) => isReady)
  }

  /** Resolves when all workers have ended. @throws when one of them failed */
  async end(signal: EndSignal): Promise<void> {
    this.isEnding = true
    const codes = this.all().map(async worker => {
      const exited = once(worker, 'exit') as Promise<[number | null]>
      worker.process.kill(signal)
      return (await exited)[0]
    })
    for (const code of await Promise.all(codes)) if (code) throw new Error(`a worker ended with status ${code}`)
  }

  private all(): readonly ListeningWorker[] {
    return Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined)
  }

  private fork(): Worker {
    const worker: ListeningWorker = cluster.fork()
    // What is sent to one that has just died fails. Its exit follows, and replaces it.
    worker.on('error', () => {})
    const { reloads } = this
    worker.once('listening', () => {
      worker.isReady = true
      this.logger.info({ worker: worker.process.pid }, 'a worker is ready')
      // It may have read the settings before the last reload.
      if (reloads !== this.reloads) worker.process.kill('SIGHUP')
      if (this.logLevel !== null) worker.send({ logLevel: this.logLevel })
    })
    worker.once('exit', (status: number | null, signal: string | null) => this.replace(worker, { status, signal }))
    return worker
  }

  private replace(
    { process: { pid } }: Worker,
    end: { readonly status: number | null; readonly signal: string | null },
  ): void {
    if (this.isEnding) return
    if (!this.hasStarted) process.exit(end.status || 1)
    const inMs = this.backOff.afterDeath()
    this.logger.error({ worker: pid, ...end, inMs }, 'a worker ended, and is replaced')
    setTimeout(() => {
      if (!this.isEnding) this.fork()
    }, inMs)
  }
}

type ListeningWorker = Worker & { isReady?: boolean }
