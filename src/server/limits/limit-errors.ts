import { HeaderMap } from '@apollo/server'
import { GraphQLError } from 'graphql'
import { LIMITS, type LimitName, type Limits } from '../../access/limit.js'
import { ErrorCode } from '../../graph/errors/error-code.js'

/** A limit that is exceeded. */
export interface Excess {
  readonly limit: LimitName
  readonly allowed: number
  /** Null where counting ended as soon as it was too much. */
  readonly measured: number | null
}

/** The excess, when there is one. */
export function excessOf(limits: Limits, limit: LimitName, measured: number): Excess | null {
  return measured > limits[limit] ? { limit, allowed: limits[limit], measured } : null
}

/** An operation that is more than is allowed. Names the limit, how high it is, and what was measured. */
export class QueryTooComplexError extends GraphQLError {
  constructor({ limit, allowed, measured }: Excess) {
    super(
      `Too complex: ${measured ?? `more than ${allowed}`} ${LIMITS[limit].counts}, of ${allowed} at most (${limit}).`,
      {
        extensions: { code: ErrorCode.QUERY_TOO_COMPLEX, limit, allowed, measured, http: { status: 400 } },
      },
    )
    this.name = 'QueryTooComplexError'
  }
}

/** A caller who has asked for more than is allowed him for now. */
export class RateLimitedError extends GraphQLError {
  constructor(cost: number, remaining: number, retryAfter: number) {
    const http = { status: 429, headers: new HeaderMap([['retry-after', String(retryAfter)]]) }
    super(`Too much at once: this costs ${cost}, and ${remaining} are left. Ask again in ${retryAfter} s.`, {
      extensions: {
        code: ErrorCode.RATE_LIMITED,
        limit: 'RATE_LIMIT_COST_PER_MINUTE',
        cost,
        remaining,
        retryAfter,
        http,
      },
    })
    this.name = 'RateLimitedError'
  }
}
