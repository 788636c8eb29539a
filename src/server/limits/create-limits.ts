import type { ParseOptions } from 'graphql'
import type { Logger } from 'pino'
import type { LimitSettings, Limits } from '../../access/limit.js'
import { CallBudget } from '../../request/call-budget.js'
import type { Clock } from '../../request/clock.js'
import { heldAt } from './held-at.js'
import { LimitCounter } from './limit-count.js'
import { LimitWatch } from './limit-policy.js'
import { OperationLimiter } from './operation-limiter.js'
import { RateLimiter } from './rate-limiter.js'

/** All that holds requests down, put together. */
export interface ServerLimits {
  readonly limits: Limits
  readonly watch: LimitWatch
  readonly counter: LimitCounter
  readonly operations: OperationLimiter
  /** The calls to upstreams that one request may make. */
  readonly callsOf: (requestId: string) => CallBudget
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
    callsOf: createBudgets(limits.LIMIT_UPSTREAM_CALLS, watch),
    // A document that nests deeper than the stack ends here too.
    parseOptions: { maxTokens: heldAt('LIMIT_TOKENS', limits, watch) },
  }
}

function createBudgets(allowed: number, watch: LimitWatch): ServerLimits['callsOf'] {
  const exceeded = (requestId: string): boolean =>
    watch.sees('LIMIT_UPSTREAM_CALLS', { allowed, measured: null, requestId })
  const allowance = { allowed, exceeded }
  return requestId => new CallBudget(allowance, requestId)
}
