import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  CountBreaker,
  circuitBreaker,
  handleWhen,
  type IBreaker,
  isBrokenCircuitError,
  wrap,
} from 'cockatiel'
import { UpstreamAbandonedError, UpstreamTimeoutError } from './errors.js'

/** Failures in a row that open the circuit. */
const IN_A_ROW = 5
/** The same of time-outs: each has cost somebody the whole deadline. */
const TIMEOUTS_IN_A_ROW = 2
/** More than half of so many exchanges failed opens it as well: an upstream that answers now and then is sick all the same. */
const SAMPLE = 20
/** How long it then stays open. */
const OPEN_MS = 5_000

/** Not tried: what was tried lately has failed, or somebody is finding out whether it still does. */
export class CircuitOpenError extends Error {
  constructor() {
    super('the circuit is open')
    this.name = 'CircuitOpenError'
  }
}

/** An exchange under way. */
interface Try {
  /** Its place among all beginnings and ends. */
  readonly begunAt: number
  /** True of the one that an open circuit lets through. */
  readonly isTrial: boolean
}

/**
 * Keeps exchanges from an upstream that fails. After some time one is let through, and whoever comes meanwhile is refused at once:
 * waiting for it would cost him as much as that one waits. Where that one takes long, another is let through beside it.
 *
 * An exchange that nobody waited for any more says nothing, save that an open circuit stays so. Time-outs that went on side by side
 * are one: two questions that ask for much together say no more than one of them.
 */
export class CircuitBreaker {
  private breakers: readonly CircuitBreakerPolicy[] = []
  private readonly tries = new WeakMap<object, Try>()
  private moments = 0
  private timedOutAt = 0
  private triedAt = 0

  /** @param isFailure tells a failure among what exchanges give */
  constructor(private readonly isFailure: (result: unknown) => boolean) {
    this.close()
  }

  /** Half open while one exchange is let through. */
  get state(): 'CLOSED' | 'HALF_OPEN' | 'OPEN' {
    const states = this.breakers.map(({ state }) => state)
    if (states.includes(CircuitState.HalfOpen)) return 'HALF_OPEN'
    return states.includes(CircuitState.Open) ? 'OPEN' : 'CLOSED'
  }

  /** @throws CircuitOpenError; what the exchange throws */
  async execute<T>(exchange: () => Promise<T>): Promise<T> {
    const { state } = this
    if (state === 'HALF_OPEN') return this.tryBeside(exchange)
    const isTrial = state === 'OPEN'
    try {
      return await wrap(...this.breakers).execute(() => this.follow(exchange, isTrial))
    } catch (error) {
      throw isBrokenCircuitError(error) ? new CircuitOpenError() : error
    }
  }

  /** A rating server may compute for a minute: until then nobody else would find out that it is well. */
  private async tryBeside<T>(exchange: () => Promise<T>): Promise<T> {
    if (Date.now() - this.triedAt < OPEN_MS) throw new CircuitOpenError()
    this.triedAt = Date.now()
    const result = await exchange()
    if (!this.isFailure(result)) this.close()
    return result
  }

  /** Begins anew. Exchanges that are under way count no more. */
  private close(): void {
    const isFailure = this.isFailure
    const failures = circuitBreaker(
      handleWhen(error => !(error instanceof UpstreamAbandonedError) || this.isTrial(error)).orWhenResult(isFailure),
      { halfOpenAfter: OPEN_MS, breaker: new EitherBreaker() },
    )
    const timeouts = circuitBreaker(
      handleWhen(error => this.isTrial(error) || this.isTimeout(error)),
      { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(TIMEOUTS_IN_A_ROW) },
    )
    this.breakers = [timeouts, failures]
  }

  private async follow<T>(exchange: () => Promise<T>, isTrial: boolean): Promise<T> {
    if (isTrial) this.triedAt = Date.now()
    const begunAt = ++this.moments
    try {
      return await exchange()
    } catch (error) {
      this.tries.set(error as Error, { begunAt, isTrial })
      throw error
    }
  }

  private isTrial(error: unknown): boolean {
    return this.tries.get(error as Error)?.isTrial === true
  }

  private isTimeout(error: unknown): boolean {
    if (!(error instanceof UpstreamTimeoutError)) return false
    if ((this.tries.get(error)?.begunAt ?? 0) < this.timedOutAt) return false
    this.timedOutAt = ++this.moments
    return true
  }
}

class EitherBreaker implements IBreaker {
  state: unknown
  private readonly breakers: readonly IBreaker[] = [
    new ConsecutiveBreaker(IN_A_ROW),
    new CountBreaker({ size: SAMPLE, threshold: 0.5 }),
  ]

  success(state: CircuitState): void {
    for (const breaker of this.breakers) breaker.success(state)
  }

  failure(state: CircuitState): boolean {
    // Each has to hear of it.
    return this.breakers.map(breaker => breaker.failure(state)).some(opens => opens)
  }
}
