import type { Logger } from 'pino'
import { ConfigError, type GatewayConfig } from './config/gateway-config.js'
import { EMPTY_REGISTRY } from './domain/customer-registry.js'
import type { CurrentRegistry } from './loaders/customers/current-registry.js'
import { describeFault } from './request/fault.js'
import type { Authenticator } from './server/authentication/authenticator.js'
import type { SharedRateLimiter } from './server/limits/shared-rate-limiter.js'
import { logAlways } from './server/observability/log-output.js'
import type { CurrentSystems } from './upstream/current-systems.js'

/** The parts of a running gateway that take new settings. */
export interface Reloadable {
  /** Reads the environment and the files that it names. Throws ConfigError when they are wrong. */
  readonly read: () => GatewayConfig
  readonly systems: CurrentSystems
  /** Null when rates are not limited. */
  readonly rates: Pick<SharedRateLimiter, 'use'> | null
  readonly registry: CurrentRegistry
  readonly authenticator: Authenticator
  /** Resolves once all requests that are in flight now have been answered. */
  readonly settled: () => Promise<void>
  readonly logger: Logger
}

/** Reads the settings again and uses them from the next request on. Keeps the old ones when the new ones are wrong. */
export function reload({ read, systems, rates, registry, authenticator, settled, logger }: Reloadable): void {
  try {
    const { isDemo, systems: settings, registry: customers, callers, warnings } = read()
    // The environment does not have the demo's settings and customers.
    const areSystemsNew = !isDemo && systems.use(settings, settled)
    const areCustomersNew = !(isDemo && customers === null) && registry.use(customers ?? EMPTY_REGISTRY)
    rates?.use(settings.cache.url)
    authenticator.use(callers)
    for (const warning of warnings) logger.warn(warning)
    logAlways(
      logger,
      { event: 'reload', areSystemsNew, areCustomersNew },
      'reloaded: secrets, key files, key sets and the customer registry were read again',
    )
  } catch (error) {
    // No error may end a running service, whatever it is.
    const problem = error instanceof ConfigError ? { problems: error.problems } : describeFault(error)
    logger.error(problem, 'not reloaded: the new settings are wrong, the old ones stay in use')
  }
}
