import type { ParseOptions } from 'graphql'
import type { Logger } from 'pino'
import type { Limits, LimitSettings } from '../../access/limit.js'
import type { Clock } from '../../upstream/clock.js'
import type { QuestionLimit } from './counted-systems.js'
import { LimitCounter } from './limit-count.js'
import { LimitWatch } from './limit-watch.js'
import { OperationLimiter } from './operation-limiter.js'
import { RateLimiter } from './rate-limiter.js'

/** All that holds requests down, put together. */
export interface ServerLimits {
  readonly limits: Limits
  readonly watch: LimitWatch
  readonly counter: LimitCounter
  readonly operations: OperationLimiter
  readonly questions: Omit<QuestionLimit, 'requestId'>
  readonly parseOptions: ParseOptions
}

/** Puts the limits of one server together, with counts of their own. */
export function createLimits(
  { mode, limits, rate }: LimitSettings,
  { logger, clock }: { readonly logger: Logger; readonly clock: Clock },
): ServerLimits {
  const counter = new LimitCounter()
  const watch = new LimitWatch(mode, counter, logger)
  return {
    limits,
    watch,
    counter,
    operations: new OperationLimiter({ limits, watch, rates: rate && new RateLimiter(rate, clock) }),
    questions: { allowed: limits.LIMIT_UPSTREAM_CALLS, watch },
    // A document that nests deeper than the stack ends here too.
    parseOptions: watch.isEnforcing ? { maxTokens: limits.LIMIT_TOKENS } : {},
  }
}
