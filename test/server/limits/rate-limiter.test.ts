import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Charge, RateLimiter } from '../../../src/server/limits/rate-limiter.js'

const START = Date.parse('2026-11-22T02:00:00Z')

/** A limiter of 60 per minute and a burst of 100, with a clock that the test moves. */
function open(rate = { costPerMinute: 60, burst: 100 }) {
  let now = START
  const limiter = new RateLimiter(rate, () => new Date(now))
  return {
    charge: (caller: string, cost: number, isForced = false): Charge => limiter.charge(caller, cost, isForced),
    pass: (seconds: number): void => {
      now += seconds * 1_000
    },
  }
}

describe('the rate limiter', () => {
  it('deducts the cost, and reports when the bucket is full again', () => {
    const { charge } = open()
    expect(charge('a', 30)).toMatchObject({ limit: 100, cost: 30, remaining: 70, retryAfter: 0 })
    expect(charge('a', 10)).toMatchObject({ remaining: 60, resetAt: '2026-11-22T02:00:40.000Z' })
  })

  it('refuses a cost above what is left without charging it, and reports when there is enough', () => {
    const { charge, pass } = open()
    charge('a', 90)
    expect(charge('a', 40)).toMatchObject({ remaining: 10, cost: 40, retryAfter: 30 })
    pass(29)
    expect(charge('a', 40).retryAfter).toBe(1)
    pass(1)
    expect(charge('a', 40)).toMatchObject({ remaining: 0, retryAfter: 0 })
  })

  it('is full at the time that it reported, and never above the burst', () => {
    const { charge, pass } = open()
    const { resetAt } = charge('a', 45)
    pass((Date.parse(resetAt) - START) / 1_000)
    expect(charge('a', 0)).toMatchObject({ remaining: 100, resetAt })
    pass(10_000)
    expect(charge('a', 0).remaining).toBe(100)
  })

  it('charges the burst for an operation that costs more, so that it can run at all', () => {
    const { charge } = open()
    expect(charge('a', 5_000)).toMatchObject({ cost: 5_000, remaining: 0, retryAfter: 0 })
    expect(charge('a', Number.POSITIVE_INFINITY)).toMatchObject({ cost: 2_147_483_647, retryAfter: 100 })
  })

  it('charges down to 0 when forced', () => {
    const { charge } = open()
    charge('a', 90)
    expect(charge('a', 40, true)).toMatchObject({ remaining: 0, retryAfter: 30 })
  })

  it('refills nothing when the clock goes back', () => {
    const { charge, pass } = open()
    charge('a', 100)
    pass(-60)
    expect(charge('a', 1).retryAfter).toBe(1)
    pass(61)
    expect(charge('a', 1).retryAfter).toBe(0)
  })

  it('tracks 10,000 callers; one that was forgotten starts with a full bucket', () => {
    const { charge } = open()
    charge('first', 100)
    for (let index = 0; index < 9_999; index++) charge(`caller ${index}`, 1)
    expect(charge('first', 1).retryAfter).toBe(1)
    for (let index = 0; index < 10_000; index++) charge(`other ${index}`, 1)
    expect(charge('first', 100).retryAfter).toBe(0)
  })

  it('never lets a caller spend more than burst and time allow, nor the share of another caller', () => {
    const step = fc.record({
      caller: fc.constantFrom('a', 'b', 'c'),
      cost: fc.integer({ min: 0, max: 100 }),
      seconds: fc.integer({ min: 0, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const together = open()
        const alone = new Map(['a', 'b', 'c'].map(caller => [caller, open()]))
        const spent = new Map<string, number>()
        let passed = 0
        for (const { caller, cost, seconds } of steps) {
          passed += seconds
          together.pass(seconds)
          for (const one of alone.values()) one.pass(seconds)
          const { remaining, retryAfter } = together.charge(caller, cost)
          const expected = alone.get(caller)?.charge('only', cost)
          expect([remaining, retryAfter]).toEqual([expected?.remaining, expected?.retryAfter])
          if (retryAfter === 0) spent.set(caller, (spent.get(caller) ?? 0) + cost)
          expect(spent.get(caller) ?? 0).toBeLessThanOrEqual(100 + passed)
        }
      }),
    )
  })
})
