import type { GraphQLSchema } from 'graphql'
import type { CallerSettings } from '../access/caller-settings.js'
import type { LimitSettings } from '../access/limit.js'
import type { CustomerRegistry } from '../domain/customer-registry.js'
import { findInvalid } from '../server/graphql/trusted-documents.js'
import { LOG_LEVELS, type LogLevel } from '../server/observability/log-level.js'
import type { TracingSettings } from '../server/observability/tracing/tracing-settings.js'
import type { ServerSettings } from '../server/settings.js'
import type { SystemSettings } from '../upstream/billing-systems.js'
import { readCacheSettings } from './cache.js'
import { isOpenToNetwork, readCallerSettings } from './callers.js'
import { readCatalystSettings } from './catalyst.js'
import { readCustomersFile } from './customers-file.js'
import { Environment } from './environment.js'
import { readLimitSettings } from './limits.js'
import { readManifest } from './manifest.js'
import { type MetricsSettings, readMetricsSettings } from './metrics.js'
import { checkSpelling } from './misspelt-variables.js'
import { readServerSettings } from './server.js'
import { readThreescaleSettings } from './threescale.js'
import { readTracingSettings } from './tracing.js'
import { readWorkers, type WorkerCount } from './workers.js'
import { readWriteSettings, type WriteSettings } from './writes.js'

/** The configuration that the gateway and the command line share. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly isProduction: boolean
  readonly logLevel: LogLevel
  /** True when the schema includes the directives by which a federation router enforces access. */
  readonly hasAccessDirectives: boolean
  /** True when no upstream is configured, so that both are stand-ins. */
  readonly isDemo: boolean
  /** Without upstreams in the demo: the stand-ins' addresses are known only once they run. */
  readonly systems: SystemSettings
  /** The customer registry; null without a registry file. */
  readonly registry: CustomerRegistry | null
  /** Settings that look misspelt, a sentence each. None of them is the value of a secret. */
  readonly warnings: readonly string[]
}

/** The configuration of the gateway. */
export interface GatewayConfig extends Config {
  readonly server: ServerSettings
  readonly callers: CallerSettings
  /** Limits of a request and of a caller. */
  readonly limits: LimitSettings
  readonly writes: WriteSettings
  /** How many processes answer requests. */
  readonly workers: WorkerCount
  /** Where operators read metrics; null nowhere. */
  readonly metrics: MetricsSettings | null
  /** How traces are sampled; null records none. */
  readonly tracing: TracingSettings | null
  /** True when any client on the network has full access. */
  readonly isOpenToNetwork: boolean
}

/** The configuration is wrong. The message lists every problem and shows no secret. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the configuration is wrong:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

type Variables = Readonly<Record<string, string | undefined>>

type ReadFile = (path: string) => string

/**
 * Reads the configuration of the command line.
 *
 * @param variables the process's environment; an empty variable counts as absent
 * @param readFile returns the text of a file; throws the error of `node:fs` when the file cannot be read
 * @throws ConfigError with all problems at once
 */
export function readConfig(variables: Variables, readFile: ReadFile): Config {
  const environment = new Environment(variables, readFile)
  return complete(environment, readShared(environment))
}

/**
 * Reads the configuration of the gateway.
 *
 * @throws ConfigError with all problems at once
 */
export function readGatewayConfig(variables: Variables, readFile: ReadFile): GatewayConfig {
  const environment = new Environment(variables, readFile)
  const config = readShared(environment)
  const { host, isProduction, systems } = config
  const spoken = readServerSettings(environment, { isProduction, isDemo: config.isDemo })
  const server = { ...spoken, keepsAnswers: systems.cache.ttls !== null }
  const callers = readCallerSettings(environment, {
    host,
    hasKeystone: config.isDemo || environment.hasAny(['OS_AUTH_URL']),
  })
  const limits = readLimitSettings(environment)
  const writes = readWriteSettings(environment)
  const workers = readWorkers(environment, { isDemo: config.isDemo, journal: writes.journal })
  const metrics = readMetricsSettings(environment)
  if (metrics !== null && metrics.port !== 0 && metrics.port === config.port) {
    environment.complain('METRICS_PORT', `is ${metrics.port}, as PORT is: set it to another port`)
  }
  const tracing = readTracingSettings(environment)
  return complete(environment, {
    ...config,
    server,
    callers,
    limits,
    writes,
    workers,
    warnings: [...config.warnings, ...warnOfSeparateCounts(config, limits, workers)],
    metrics,
    tracing,
    isOpenToNetwork: isOpenToNetwork(callers, host),
  })
}

/** Several workers without a shared store count the rate limits separately. */
function warnOfSeparateCounts({ systems }: Config, { rate }: LimitSettings, workers: WorkerCount): readonly string[] {
  if (workers === 1 || rate === null || systems.cache.url !== null) return []
  return ['RATE_LIMIT_COST_PER_MINUTE is counted by each of the WORKERS separately: set CACHE_URL to count together']
}

function complete<T>({ problems }: Environment, config: T): T {
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function readShared(environment: Environment): Config {
  const catalyst = readCatalystSettings(environment)
  const threescale = readThreescaleSettings(environment)
  const hasProblems = environment.problems.length > 0
  const isConfigured = catalyst !== 'absent' || threescale !== 'absent'
  const isProduction = environment.choice('NODE_ENV', ['production', 'development', 'test'] as const) === 'production'
  const demo = environment.choice('DEMO', ['0', '1'] as const)
  if (isConfigured && demo === '1') {
    environment.complain(
      'DEMO',
      'is 1, but an upstream is configured: the demo never mixes invented figures with real ones',
    )
  }
  // Half an upstream has been reported already.
  if (!isConfigured && !hasProblems && (demo === '0' || (isProduction && demo !== '1'))) {
    environment.complain('OS_AUTH_URL', 'and THREESCALE_URL are both missing: configure an upstream, or set DEMO=1')
  }
  return {
    host: environment.text('HOST') ?? '127.0.0.1',
    port: environment.integer('PORT'),
    isProduction,
    logLevel: environment.choice('LOG_LEVEL', LOG_LEVELS) ?? 'info',
    hasAccessDirectives: environment.choice('FEDERATION_AUTH', ['on', 'off'] as const) === 'on',
    isDemo: !isConfigured,
    systems: {
      cache: readCacheSettings(environment),
      maxRetryAfterMs: environment.integer('UPSTREAM_MAX_RETRY_AFTER_SECONDS') * 1000,
      catalyst: catalyst === 'absent' ? [] : catalyst,
      threescale: threescale === 'absent' || threescale === 'wrong' ? null : threescale,
    },
    registry: readCustomersFile(environment),
    warnings: [...checkSpelling(environment), ...checkTls(environment, isProduction)],
  }
}

/** Node accepts any certificate when this variable is 0. That is a problem in production, and a warning elsewhere. */
function checkTls(environment: Environment, isProduction: boolean): readonly string[] {
  const name = 'NODE_TLS_REJECT_UNAUTHORIZED'
  if (environment.text(name) !== '0') return []
  const hint = 'is 0, so that upstream certificates are not verified: unset it, and set OS_CACERT or THREESCALE_CACERT'
  if (!isProduction) return [`${name} ${hint}`]
  environment.complain(name, hint)
  return []
}

/**
 * Validates the trusted documents against the schema.
 *
 * @throws ConfigError with all invalid documents
 */
export function checkTrustedDocuments({ server: { trustedDocuments } }: GatewayConfig, schema: GraphQLSchema): void {
  if (trustedDocuments === null) return
  const problems = [...findInvalid(schema, trustedDocuments)].map(
    ([id, reason]) => `TRUSTED_DOCUMENTS_FILE entry ${id} is not valid for this schema: ${reason}`,
  )
  if (problems.length > 0) throw new ConfigError(problems)
}

/**
 * Trusts the dashboard's documents besides the configured ones, for a gateway that serves it.
 *
 * @param readManifestFile reads the file `trusted-documents.json` that the build of the dashboard writes
 * @throws ConfigError when it is not a manifest
 */
export function trustDashboard(config: GatewayConfig, readManifestFile: () => string): GatewayConfig {
  const { trustedDocuments } = config.server
  if (trustedDocuments === null) return config
  const entries = readManifest(readManifestFile(), problem => {
    throw new ConfigError([`trusted-documents.json of the dashboard ${problem}: run npm run build`])
  })
  const documents = new Map([...trustedDocuments.documents, ...entries])
  return { ...config, server: { ...config.server, trustedDocuments: { ...trustedDocuments, documents } } }
}
