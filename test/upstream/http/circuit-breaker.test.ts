import { describe, expect, it } from 'vitest'
import { type AttemptResult, CircuitBreaker } from '../../../src/upstream/http/circuit-breaker.js'

const OPEN_MS = 5_000
const WINDOW_MS = 300_000

/** A circuit breaker, and attempts that end as a test says. */
class Attempts {
  private now = Date.parse('2026-11-22T02:00:00Z')
  private requests = 0
  readonly breaker = new CircuitBreaker(() => new Date(this.now))

  pass(ms: number): void {
    this.now += ms
  }

  /** Starts an attempt of a request of its own, or of the one that is named. */
  begin(key: string = `request ${++this.requests}`): { end(result: AttemptResult): void } {
    const attempt = this.breaker.begin(key)
    if (!attempt) throw new Error('the circuit breaker is open')
    return { end: result => this.breaker.end(attempt, result) }
  }

  end(result: AttemptResult, key?: string): void {
    this.begin(key).end(result)
  }

  get state(): CircuitBreaker['state'] {
    return this.breaker.state
  }

  refuses(): void {
    expect(this.breaker.begin('any request')).toBeNull()
  }
}

/** A breaker that distinct timeouts or failures have opened. */
function opened(by: AttemptResult): Attempts {
  const attempts = new Attempts()
  for (let count = 0; attempts.state === 'CLOSED'; count++) {
    expect(count).toBeLessThan(5)
    attempts.end(by)
  }
  return attempts
}

describe('a circuit breaker', () => {
  it('opens after two distinct timeouts in a row, each of which took a whole deadline', () => {
    const attempts = new Attempts()
    attempts.end('timeout')
    attempts.end('success')
    attempts.end('timeout')
    expect(attempts.state).toBe('CLOSED')
    attempts.end('timeout')
    expect(attempts.state).toBe('OPEN')
    attempts.refuses()
  })

  it('counts overlapping timeouts once', () => {
    const attempts = new Attempts()
    const together = [attempts.begin(), attempts.begin(), attempts.begin()]
    for (const one of together) one.end('timeout')
    expect(attempts.state).toBe('CLOSED')
    attempts.end('timeout')
    expect(attempts.state).toBe('OPEN')
  })

  it('opens after five distinct failures of all kinds without a success', () => {
    const attempts = new Attempts()
    attempts.end('timeout')
    attempts.end('failure')
    attempts.end('failure')
    attempts.end('ignored')
    attempts.end('failure')
    expect(attempts.state).toBe('CLOSED')
    attempts.end('failure')
    expect(attempts.state).toBe('OPEN')
  })

  it.each(['failure', 'timeout'] as const)('never opens for one request, however often that ends in a %s', result => {
    const attempts = new Attempts()
    for (let count = 0; count < 100; count++) attempts.end(result, 'an odd range')
    expect(attempts.state).toBe('CLOSED')
  })

  it('counts from the last success on', () => {
    const attempts = new Attempts()
    for (let round = 0; round < 10; round++) {
      for (let count = 0; count < 4; count++) attempts.end('failure')
      attempts.end('success')
    }
    expect(attempts.state).toBe('CLOSED')
  })

  it('forgets failures after five minutes', () => {
    const attempts = new Attempts()
    for (let count = 0; count < 4; count++) attempts.end('failure')
    attempts.pass(WINDOW_MS)
    attempts.end('failure')
    expect(attempts.state).toBe('CLOSED')
  })

  it.each(['timeout', 'failure'] as const)(
    'that a %s opened lets one probe through, refuses other requests meanwhile, and closes when it succeeds',
    by => {
      const attempts = opened(by)
      attempts.pass(OPEN_MS - 1)
      attempts.refuses()
      attempts.pass(1)
      const probe = attempts.begin()
      expect(attempts.state).toBe('HALF_OPEN')
      attempts.refuses()
      probe.end('success')
      expect(attempts.state).toBe('CLOSED')
      attempts.end('success')
    },
  )

  it.each([
    ['timeout', 'timeout'],
    ['timeout', 'failure'],
    ['timeout', 'ignored'],
    ['failure', 'timeout'],
    ['failure', 'failure'],
    ['failure', 'ignored'],
  ] as const)('that a %s opened stays open when the probe ends with %s', (by, end) => {
    const attempts = opened(by)
    attempts.pass(OPEN_MS)
    attempts.end(end)
    expect(attempts.state).toBe('OPEN')
    attempts.pass(OPEN_MS - 1)
    attempts.refuses()
    attempts.pass(1)
    attempts.end('success')
    expect(attempts.state).toBe('CLOSED')
  })

  it('lets another probe through beside one that takes long, and closes when that succeeds', () => {
    const attempts = opened('timeout')
    attempts.pass(OPEN_MS)
    const slow = attempts.begin()
    attempts.pass(OPEN_MS - 1)
    attempts.refuses()
    attempts.pass(1)
    attempts.end('failure')
    expect(attempts.state).toBe('HALF_OPEN')
    attempts.refuses()
    attempts.pass(OPEN_MS)
    attempts.end('success')
    expect(attempts.state).toBe('CLOSED')
    slow.end('timeout')
    expect(attempts.state).toBe('CLOSED')
  })

  it('takes no notice of attempts that started before it opened or closed', () => {
    const attempts = new Attempts()
    const [cancelled, failed, succeeded] = [attempts.begin(), attempts.begin(), attempts.begin()]
    for (let count = 0; count < 5; count++) attempts.end('failure')
    succeeded.end('success')
    expect(attempts.state).toBe('OPEN')
    attempts.pass(OPEN_MS)
    const probe = attempts.begin()
    cancelled.end('ignored')
    expect(attempts.state).toBe('HALF_OPEN')
    probe.end('success')
    for (let count = 0; count < 4; count++) attempts.end('failure')
    failed.end('failure')
    expect(attempts.state).toBe('CLOSED')
  })
})
