import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimit } from '../../access/limit.js'
import type { Clock } from '../../request/clock.js'
import { FailOpen } from '../../upstream/cache/fail-open.js'
import { type Charge, MAX_INT, type RateCounter, RateLimiter } from './rate-limiter.js'

/** What callers' rates are counted by. */
export interface SharedRateOptions {
  readonly rate: RateLimit
  /** What the gateways that count together have in common, such as their upstreams. */
  readonly scope: string
  readonly clock: Clock
  /** Takes a warning for the log. */
  readonly warn: (message: string) => void
  /** How long to wait for Redis; 50 by default. */
  readonly timeoutMs?: number | undefined
}

/** A connection to Redis and the limiter that uses it. */
interface Connection {
  readonly url: string
  readonly limiter: RateLimiterRedis
  readonly calls: FailOpen
  close(): void
}

/** What a caller has spent in the current window. */
interface Spent {
  readonly state: RateLimiterRes
  readonly isRefused: boolean
}

const CONNECT_MS = 1_000
const MAX_RECONNECT_MS = 2_000

const require = createRequire(import.meta.url)

/**
 * Rate limiter that counts in a Redis or Valkey, together with other processes: at most the burst in a window that begins with a
 * caller's first operation and is as long as the burst takes to refill. While Redis does not respond, or there is none, this process
 * counts for itself, in token buckets.
 */
export class SharedRateLimiter implements RateCounter {
  private readonly own: RateLimiter
  private connection: Connection | null = null

  constructor(private readonly options: SharedRateOptions) {
    this.own = new RateLimiter(options.rate, options.clock)
  }

  /** Counts in that Redis from now on. @param url `redis://…` or `rediss://…`, which may hold a password; null for none */
  use(url: string | null): void {
    if (url === (this.connection?.url ?? null)) return
    this.connection?.close()
    this.connection = url === null ? null : connect(url, this.options)
  }

  async charge(caller: string, cost: number, isForced: boolean): Promise<Charge> {
    const spent = await this.spend(caller, Math.min(Math.ceil(cost), this.options.rate.burst), isForced)
    if (spent === null) return this.own.charge(caller, cost, isForced)
    const { rate, clock } = this.options
    const { state, isRefused } = spent
    const leftMs = state.consumedPoints === 0 ? 0 : state.msBeforeNext
    return {
      limit: rate.burst,
      cost: Math.min(cost, MAX_INT),
      remaining: state.remainingPoints,
      resetAt: new Date(clock().getTime() + leftMs).toISOString(),
      retryAfter: isRefused ? Math.max(1, Math.ceil(leftMs / 1000)) : 0,
    }
  }

  [Symbol.dispose](): void {
    this.use(null)
  }

  /** Null when Redis does not respond, or there is none. */
  private async spend(caller: string, price: number, isForced: boolean): Promise<Spent | null> {
    if (this.connection === null) return null
    const { limiter, calls } = this.connection
    // The names of callers are not shown to others who use the Redis.
    const key = createHash('sha256').update(`${this.options.scope}\n${caller}`).digest('base64url')
    return calls.attempt(async () => {
      if (isForced) return { state: await limiter.penalty(key, price), isRefused: false }
      try {
        return { state: await limiter.consume(key, price), isRefused: false }
      } catch (error) {
        if (error instanceof Error) throw error
        // The limiter counts a refused operation too, which would refuse a cheaper one after it.
        return { state: await limiter.reward(key, price), isRefused: true }
      }
    }, null)
  }
}

function connect(url: string, { rate, clock, warn, timeoutMs }: SharedRateOptions): Connection {
  // Loaded only where a store is shared, to start faster.
  const { createClient } = require('@keyv/redis') as typeof import('@keyv/redis')
  const { RateLimiterRedis } = require('rate-limiter-flexible') as typeof import('rate-limiter-flexible')
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, MAX_RECONNECT_MS),
    },
  })
  // Failures show in what calls return. Unhandled 'error' events would end the process.
  client.on('error', () => {})
  client.connect().catch(() => {})
  const limiter = new RateLimiterRedis({
    storeClient: client,
    useRedisPackage: true,
    keyPrefix: 'billgraph:rate',
    points: rate.burst,
    duration: Math.max(1, Math.ceil((rate.burst * 60) / rate.costPerMinute)),
  })
  const calls = new FailOpen(clock, timeoutMs, () =>
    warn('CACHE_URL: the shared store does not respond, so that rate limits are counted by this process alone for 5 s'),
  )
  return { url, limiter, calls, close: () => client.destroy() }
}
