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
import { UpstreamAbandonedError, UpstreamSlowTryError, UpstreamTimeoutError } from './errors.js'

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

/**
 * Keeps exchanges from an upstream that fails. After some time one is let through, and whoever comes meanwhile is refused at once:
 * waiting for it would cost him as much as that one waits. An exchange that nobody waited for any more says nothing, save that an
 * open circuit stays so.
 */
export class Circuit {
  private readonly failures: CircuitBreakerPolicy
  private readonly timeouts: CircuitBreakerPolicy

  /** @param isFailure tells a failure among what exchanges give */
  constructor(isFailure: (result: unknown) => boolean) {
    const whenTrying = (error: unknown): boolean => this.state === 'HALF_OPEN' && !isBrokenCircuitError(error)
    this.failures = circuitBreaker(
      handleWhen(error => !(error instanceof UpstreamAbandonedError) || whenTrying(error)).orWhenResult(isFailure),
      { halfOpenAfter: OPEN_MS, breaker: new EitherBreaker() },
    )
    this.timeouts = circuitBreaker(
      handleWhen(error => isTimeout(error) || whenTrying(error)),
      { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(TIMEOUTS_IN_A_ROW) },
    )
  }

  /** Half open while one exchange is let through. */
  get state(): 'CLOSED' | 'HALF_OPEN' | 'OPEN' {
    const states = [this.failures.state, this.timeouts.state]
    if (states.includes(CircuitState.HalfOpen)) return 'HALF_OPEN'
    return states.includes(CircuitState.Open) ? 'OPEN' : 'CLOSED'
  }

  /** @throws CircuitOpenError; what the exchange throws */
  async execute<T>(exchange: () => Promise<T>): Promise<T> {
    if (this.state === 'HALF_OPEN') throw new CircuitOpenError()
    try {
      return await wrap(this.timeouts, this.failures).execute(exchange)
    } catch (error) {
      throw isBrokenCircuitError(error) ? new CircuitOpenError() : error
    }
  }
}

/** A try that was given up for another has cost nobody his deadline. */
function isTimeout(error: unknown): boolean {
  return error instanceof UpstreamTimeoutError && !(error instanceof UpstreamSlowTryError)
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
