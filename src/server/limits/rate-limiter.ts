import { LRUCache } from 'lru-cache'
import type { RateLimit } from '../../access/limit.js'
import type { RateLimitState } from '../../graph/rate-limit-state.js'
import type { Clock } from '../../upstream/clock.js'

/** What came of an operation that was to be charged. */
export interface Charge {
  /** How the caller stands, the operation taken off if it was. */
  readonly state: RateLimitState
  /** Seconds until there is enough; 0 when there was. */
  readonly retryAfter: number
}

interface Bucket {
  left: number
  readonly at: number
}

/** The largest Int that GraphQL has. */
const MAX_INT = 2_147_483_647

/** Callers that are remembered. One who is forgotten begins anew with a full bucket. */
const MAX_CALLERS = 10_000

/** Lets each caller spend so much cost a minute, and what he saved up to the burst at once. In this process only. */
export class RateLimiter {
  private readonly buckets = new LRUCache<string, Bucket>({ max: MAX_CALLERS })

  constructor(
    private readonly rate: RateLimit,
    private readonly clock: Clock,
  ) {}

  /**
   * Charges a caller, unless he has not enough left. What is dearer than the burst takes the whole of it.
   *
   * @param isForced true charges what there is all the same
   */
  charge(caller: string, cost: number, isForced: boolean): Charge {
    const now = this.clock().getTime()
    const left = this.leftOf(caller, now)
    const price = Math.min(cost, this.rate.burst)
    const missing = price - left
    const isPaid = missing <= 0 || isForced
    const after = isPaid ? Math.max(left - price, 0) : left
    this.buckets.set(caller, { left: after, at: now })
    const retryAfter = missing <= 0 ? 0 : Math.ceil(this.secondsFor(missing))
    return { state: this.state(cost, after, now), retryAfter }
  }

  private leftOf(caller: string, now: number): number {
    const bucket = this.buckets.get(caller)
    if (!bucket) return this.rate.burst
    const earned = (Math.max(now - bucket.at, 0) * this.rate.costPerMinute) / 60_000
    return Math.min(bucket.left + earned, this.rate.burst)
  }

  private state(cost: number, left: number, now: number): RateLimitState {
    const { burst } = this.rate
    const resetAt = now + Math.ceil(this.secondsFor(burst - left) * 1_000)
    return {
      limit: burst,
      cost: Math.min(cost, MAX_INT),
      remaining: Math.floor(left),
      // Written when it is asked for: few ask.
      get resetAt() {
        return new Date(resetAt).toISOString()
      },
    }
  }

  private secondsFor(cost: number): number {
    return (cost * 60) / this.rate.costPerMinute
  }
}
