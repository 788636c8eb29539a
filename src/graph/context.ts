import type { Principal } from '../access/principal.js'
import type { Loaders } from '../loaders/loaders.js'
import type { Writes } from '../writes/writes.js'
import type { PartialFailures } from './errors/partial-failures.js'
import type { RateLimitState } from './rate-limit/rate-limit-state.js'

/** The context of resolvers, created for each request. */
export interface Context {
  readonly loaders: Loaders
  /** New loaders, for what is read before a write and must be read again after it. */
  readonly createLoaders: () => Loaders
  /** The caller's writes; null while no journal is configured. */
  readonly writes: Writes | null
  /** The authenticated caller. */
  readonly principal: Principal
  readonly failures: PartialFailures
  /** True when the figures are invented by the stand-in servers. */
  readonly isDemo: boolean
  /** The caller's rate limit after the operation was charged; null when there is no limit. */
  rateLimit: RateLimitState | null
}
