import { LRUCache } from 'lru-cache'
import type { RateLimit } from '../../access/limit.js'
import type { RateLimitState } from '../../graph/rate-limit/rate-limit-state.js'
import type { Clock } from '../../request/clock.js'

/** What came of an operation that was to be charged. */
export interface Charge extends RateLimitState {
  /** Seconds until there is enough; 0 when there was. */
  readonly retryAfter: number
}

/** What a caller had left, and when. */
interface Bucket {
  left: number
  /** Milliseconds of the clock. */
  at: number
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
    const bucket = this.bucketOf(caller, now)
    const price = Math.min(cost, this.rate.burst)
    const missing = price - bucket.left
    if (missing <= 0 || isForced) bucket.left = Math.max(bucket.left - price, 0)
    const retryAfter = missing <= 0 ? 0 : Math.ceil((missing * 60) / this.rate.costPerMinute)
    return new Standing(this.rate, Math.min(cost, MAX_INT), bucket.left, now, retryAfter)
  }

  /** The caller's own, with what he has earned since. */
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

/** Made for every operation, and asked by few: so most of it is worked out when it is asked. */
class Standing implements Charge {
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
