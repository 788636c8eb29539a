import { createClient } from '@keyv/redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SharedRateLimiter } from '../../../src/server/limits/shared-rate-limiter.js'
import { hasRedis, startRedis, type TestRedis } from '../../redis.js'

const NOW = new Date('2026-11-22T02:00:00Z')
/** A window of ten minutes, so that none ends during a test. */
const RATE = { costPerMinute: 10, burst: 100 }

describe.skipIf(!hasRedis)('the rate limiter of several processes', () => {
  let redis: TestRedis
  let count = 0
  const warnings: string[] = []
  const clock = () => NOW

  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis[Symbol.asyncDispose]())

  /** A limiter that is connected. Those of one scope count together. */
  async function open(scope: string, timeoutMs = 20_000): Promise<SharedRateLimiter> {
    const limiter = new SharedRateLimiter({
      rate: RATE,
      scope,
      clock,
      warn: text => void warnings.push(text),
      timeoutMs,
    })
    limiter.use(redis.url)
    // Until it is connected it counts for itself: then no key of Redis appears.
    const before = await size()
    await expect
      .poll(async () => {
        await limiter.charge(`probe ${++count}`, 1, false)
        return size()
      })
      .toBeGreaterThan(before)
    return limiter
  }

  async function keys(): Promise<readonly string[]> {
    const client = await createClient({ url: redis.url }).connect()
    const all = await client.keys('*')
    client.destroy()
    return all.map(String)
  }
  const size = async (): Promise<number> => (await keys()).length

  it('counts what a caller spends at any of them, and refuses at each', async () => {
    using first = await open('together')
    using second = await open('together')
    expect(await first.charge('a', 70, false)).toMatchObject({ limit: 100, cost: 70, remaining: 30, retryAfter: 0 })
    expect(await second.charge('a', 20, false)).toMatchObject({ remaining: 10, retryAfter: 0 })
    const refused = await first.charge('a', 20, false)
    expect(refused).toMatchObject({ cost: 20, remaining: 10 })
    expect(refused.retryAfter).toBeGreaterThan(500)
    expect(refused.retryAfter).toBeLessThanOrEqual(600)
    expect(Date.parse(refused.resetAt)).toBeGreaterThan(NOW.getTime() + 500_000)
    // What was refused is not counted.
    expect(await second.charge('a', 10, false)).toMatchObject({ remaining: 0, retryAfter: 0 })
    expect(await second.charge('b', 0, false)).toMatchObject({ remaining: 100, resetAt: NOW.toISOString() })
  })

  it('charges the burst for an operation that costs more, and down to 0 when forced', async () => {
    using limiter = await open('forced')
    expect(await limiter.charge('a', Number.POSITIVE_INFINITY, false)).toMatchObject({ remaining: 0, retryAfter: 0 })
    expect(await limiter.charge('a', 40, true)).toMatchObject({ remaining: 0, retryAfter: 0 })
  })

  it('counts other installations on the same Redis separately, under keys that do not name the callers', async () => {
    using ours = await open('https://acme.example.com')
    using others = await open('https://other.example.com')
    await ours.charge('key:finance', 90, false)
    expect(await others.charge('key:finance', 20, false)).toMatchObject({ remaining: 80 })
    for (const key of await keys()) expect(key).toMatch(/^billgraph:rate:[\w-]{43}$/)
  })

  it('counts for itself, and says so once a pause, while there is no Redis', async () => {
    using limiter = await open('failing', 50)
    await redis.kill()
    warnings.length = 0
    for (const remaining of [70, 40, 10]) expect(await limiter.charge('c', 30, false)).toMatchObject({ remaining })
    expect(await limiter.charge('c', 30, false)).toMatchObject({ remaining: 10, retryAfter: 120 })
    expect(warnings).toEqual([expect.stringContaining('rate limits are counted by this process alone')])
    limiter.use(null)
    expect(await limiter.charge('d', 30, false)).toMatchObject({ remaining: 70 })
  })
})
