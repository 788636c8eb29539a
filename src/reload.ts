import type { Logger } from 'pino'
import { ConfigError, type GatewayConfig } from './config/gateway-config.js'
import type { Authenticator } from './server/authentication/authenticator.js'
import { describeFault } from './server/observability/error-report.js'
import type { CurrentSystems } from './upstream/current-systems.js'

/** What a running gateway can be given anew. */
export interface Reloadable {
  /** Reads the environment and the files that it names. */
  readonly read: () => GatewayConfig
  readonly systems: CurrentSystems
  readonly authenticator: Authenticator
  /** Resolves once all requests that are under way now have been answered. */
  readonly settled: () => Promise<void>
  readonly logger: Logger
}

/** Reads all settings again and goes by them from the next request on; by the old ones when the new are wrong. */
export function reload({ read, systems, authenticator, settled, logger }: Reloadable): void {
  try {
    const { isDemo, systems: settings, callers } = read()
    // The demo's settings are not in the environment.
    const areSystemsNew = !isDemo && systems.use(settings, settled)
    authenticator.use(callers)
    logger.info({ areSystemsNew }, 'reloaded: secrets and the keys of callers are those of the files now')
  } catch (error) {
    // Whatever it is: a signal must not end a service that answers.
    const problem = error instanceof ConfigError ? { problems: error.problems } : describeFault(error)
    logger.error(problem, 'not reloaded: what is configured now is wrong, so the old stays')
  }
}
