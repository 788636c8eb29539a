import type { Principal } from '../access/principal.js'
import type { Loaders } from '../loaders/loaders.js'
import type { PartialFailures } from './errors/partial-failures.js'
import type { RateLimitState } from './rate-limit/rate-limit-state.js'

/** What resolvers are given, fresh for each request. */
export interface Context {
  readonly loaders: Loaders
  /** Who asks. */
  readonly principal: Principal
  readonly failures: PartialFailures
  /** True when the figures are the stand-ins'. */
  readonly isDemo: boolean
  /** What the caller has left, once the operation is charged; null where that is not limited. */
  rateLimit: RateLimitState | null
}
