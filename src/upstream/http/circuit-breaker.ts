import type { Clock } from '../../request/clock.js'

/** Distinct requests that must fail, with none succeeding in between, to open the breaker. */
const FAILURES = 5
/** The same for timeouts, each of which has cost a caller the whole deadline. */
const TIMEOUTS = 2
/** Older failures no longer count. */
const WINDOW_MS = 300_000
/** How long an open breaker refuses requests before it lets a probe through. */
const OPEN_MS = 5_000

/** `ignored` for an attempt that shows nothing of the upstream's health. */
export type AttemptResult = 'success' | 'failure' | 'timeout' | 'ignored'

/** A request in flight that the breaker has let through. */
export interface Attempt {
  readonly key: unknown
  readonly isProbe: boolean
  /** Order among all starts of attempts and counted timeouts. */
  readonly startedAt: number
  readonly generation: number
}

/**
 * Circuit breaker of one origin. It opens on what other requests would meet too: several distinct requests have failed, and none
 * has succeeded since the first of those failures. A request that fails again and again counts once. Overlapping timeouts count
 * once too: two slow requests side by side show no more than one.
 *
 * An open breaker lets one probe through after a while, and more beside a probe that takes long. The first that succeeds closes it.
 */
export class CircuitBreaker {
  /** When each distinct request last failed, by its key. */
  private readonly failures = new Map<unknown, number>()
  private readonly timeouts = new Map<unknown, number>()
  private timedOutAt = 0
  private events = 0
  /** From when the next probe may start, in milliseconds of the clock; null while closed. */
  private probeFrom: number | null = null
  private probes = 0
  /** Attempts that started before the breaker last opened or closed have no effect. */
  private generation = 0

  constructor(private readonly clock: Clock) {}

  /** `HALF_OPEN` while a probe is in flight. */
  get state(): 'CLOSED' | 'HALF_OPEN' | 'OPEN' {
    if (this.probeFrom === null) return 'CLOSED'
    return this.probes > 0 ? 'HALF_OPEN' : 'OPEN'
  }

  /**
   * Lets a request through, or returns null to refuse it.
   *
   * @param key the same for requests that would fail for the same reason of their own
   */
  begin(key: unknown): Attempt | null {
    const isProbe = this.probeFrom !== null
    if (this.probeFrom !== null) {
      if (this.now() < this.probeFrom) return null
      this.probes++
      this.probeFrom = this.now() + OPEN_MS
    }
    return { key, isProbe, startedAt: ++this.events, generation: this.generation }
  }

  /** Notes the result of an attempt. To be called once for each. */
  end(attempt: Attempt, result: AttemptResult): void {
    if (attempt.generation !== this.generation) return
    if (attempt.isProbe) this.endProbe(result)
    else if (result === 'success') this.forget()
    else if (result !== 'ignored') this.count(attempt, result)
  }

  private endProbe(result: AttemptResult): void {
    this.probes--
    if (result === 'success') this.turn(null)
    else this.probeFrom = this.now() + OPEN_MS
  }

  private count(attempt: Attempt, result: 'failure' | 'timeout'): void {
    note(this.failures, attempt.key, this.now())
    if (result === 'timeout' && attempt.startedAt > this.timedOutAt) {
      note(this.timeouts, attempt.key, this.now())
      this.timedOutAt = ++this.events
    }
    if (this.failures.size >= FAILURES || this.timeouts.size >= TIMEOUTS) this.turn(this.now() + OPEN_MS)
  }

  /** Closes with null, opens with the time of the next probe. */
  private turn(probeFrom: number | null): void {
    this.probeFrom = probeFrom
    this.probes = 0
    this.generation++
    this.forget()
  }

  private forget(): void {
    this.failures.clear()
    this.timeouts.clear()
  }

  private now(): number {
    return this.clock().getTime()
  }
}

function note(times: Map<unknown, number>, key: unknown, now: number): void {
  times.set(key, now)
  for (const [other, time] of times) if (time <= now - WINDOW_MS) times.delete(other)
}
