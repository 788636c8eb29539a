import { LRUCache } from 'lru-cache'
import type { RateLimit } from '../../access/limit.js'
import type { RateLimitState } from '../../graph/rate-limit/rate-limit-state.js'
import type { Clock } from '../../request/clock.js'

/** The result of charging a caller. */
export interface Charge extends RateLimitState {
  /** Seconds until the caller has enough left; 0 when the charge succeeded. */
  readonly retryAfter: number
}

/** Counts what callers spend. */
export interface RateCounter {
  /**
   * Charges a caller, unless too little is left. An operation that costs more than the burst is charged the burst.
   *
   * @param isForced true charges in any case, down to 0
   */
  charge(caller: string, cost: number, isForced: boolean): Charge | Promise<Charge>
}

/** Token bucket of one caller. */
interface Bucket {
  left: number
  /** Milliseconds of the clock. */
  at: number
}

/** GraphQL's largest Int. */
export const MAX_INT = 2_147_483_647

/** Callers that are tracked. The least recently used is forgotten, and starts again with a full bucket. */
const MAX_CALLERS = 10_000

/** Rate limiter with a token bucket for each caller, in this process only. */
export class RateLimiter implements RateCounter {
  private readonly buckets = new LRUCache<string, Bucket>({ max: MAX_CALLERS })

  constructor(
    private readonly rate: RateLimit,
    private readonly clock: Clock,
  ) {}

  charge(caller: string, cost: number, isForced: boolean): Charge {
    const now = this.clock().getTime()
    const bucket = this.bucketOf(caller, now)
    const price = Math.min(cost, this.rate.burst)
    const missing = price - bucket.left
    if (missing <= 0 || isForced) bucket.left = Math.max(bucket.left - price, 0)
    const retryAfter = missing <= 0 ? 0 : Math.ceil((missing * 60) / this.rate.costPerMinute)
    return new BucketCharge(this.rate, Math.min(cost, MAX_INT), bucket.left, now, retryAfter)
  }

  /** The caller's bucket, refilled up to now. */
  private bucketOf(caller: string, now: number): Bucket {
    const known = this.buckets.get(caller)
    if (known) {
      const earned = (Math.max(now - known.at, 0) * this.rate.costPerMinute) / 60_000
      known.left = Math.min(known.left + earned, this.rate.burst)
      known.at = Math.max(now, known.at)
      return known
    }
    const bucket = { left: this.rate.burst, at: now }
    this.buckets.set(caller, bucket)
    return bucket
  }
}

/** Made for every operation and read by few: its values are computed when they are read. */
class BucketCharge implements Charge {
  constructor(
    private readonly rate: RateLimit,
    readonly cost: number,
    private readonly left: number,
    private readonly now: number,
    readonly retryAfter: number,
  ) {}

  get limit(): number {
    return this.rate.burst
  }

  get remaining(): number {
    return Math.floor(this.left)
  }

  get resetAt(): string {
    const { burst, costPerMinute } = this.rate
    return new Date(this.now + Math.ceil(((burst - this.left) * 60_000) / costPerMinute)).toISOString()
  }
}
