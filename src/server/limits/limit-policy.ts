import type { Logger } from 'pino'
import { LIMITS, type LimitName, type LimitSettings, type RateLimit } from '../../access/limit.js'
import { CallBudget } from '../../request/request-context.js'

/** A limit that is counted: one of `LIMITS`, or the rate limit. */
export type CountedLimit = LimitName | 'RATE_LIMIT_COST_PER_MINUTE'

/** How often a limit was exceeded since the start. */
export interface LimitCount {
  readonly refused: number
  /** Requests that shadow mode let pass. */
  readonly wouldHaveRefused: number
}

/** A limit that a request exceeds. */
export interface Excess {
  readonly limit: LimitName
  readonly allowed: number
  /** Null when counting stopped at the limit. */
  readonly measured: number | null
}

/** What is logged of an excess. */
type ExcessDetails = Partial<Excess> & { readonly requestId?: string; readonly cost?: number }

const NEVER_EXCEEDED: LimitCount = { refused: 0, wouldHaveRefused: 0 }

/** The configured limits of one server. Decides whether an excess is refused (enforce) or let pass (shadow), and counts and logs it. */
export class LimitPolicy {
  /** False in shadow mode. */
  readonly isEnforcing: boolean
  /** Null when rates are not limited. */
  readonly rate: RateLimit | null
  private readonly counts = new Map<CountedLimit, LimitCount>()

  constructor(
    private readonly settings: LimitSettings,
    private readonly logger: Logger,
  ) {
    this.isEnforcing = settings.mode === 'enforce'
    this.rate = settings.rate
  }

  /** The configured value of a limit. */
  allowed(limit: LimitName): number {
    return this.settings.limits[limit]
  }

  /** The value for a limit that a process cannot do without: in shadow mode the highest that can be configured. */
  bound(limit: LimitName): number {
    return this.isEnforcing ? this.allowed(limit) : LIMITS[limit].max
  }

  /** The excess of a measured value; null when it is within the limit. */
  excess(limit: LimitName, measured: number): Excess | null {
    const allowed = this.allowed(limit)
    return measured > allowed ? { limit, allowed, measured } : null
  }

  /** Counts and logs an excess. @returns true when the request is to be refused */
  refuses(limit: CountedLimit, details: ExcessDetails): boolean {
    const { refused, wouldHaveRefused } = this.countOf(limit)
    this.counts.set(
      limit,
      this.isEnforcing
        ? { refused: refused + 1, wouldHaveRefused }
        : { refused, wouldHaveRefused: wouldHaveRefused + 1 },
    )
    this.logger.info({ ...details, limit }, this.isEnforcing ? 'limit exceeded' : 'limit exceeded (shadow mode)')
    return this.isEnforcing
  }

  /** How often a limit was exceeded. */
  countOf(limit: CountedLimit): LimitCount {
    return this.counts.get(limit) ?? NEVER_EXCEEDED
  }

  /** A new budget for the upstream calls of one request. @param months of an export, each of which may take as many calls */
  callBudget(requestId: string, months = 1): CallBudget {
    const allowed = this.allowed('LIMIT_UPSTREAM_CALLS') * months
    const exceeded = (id: string): boolean =>
      this.refuses('LIMIT_UPSTREAM_CALLS', { allowed, measured: null, requestId: id })
    return new CallBudget({ allowed, exceeded }, requestId)
  }
}
