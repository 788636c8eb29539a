import {
  type CircuitBreakerPolicy,
  type CircuitState,
  ConsecutiveBreaker,
  CountBreaker,
  circuitBreaker,
  handleWhen,
  type IBreaker,
} from 'cockatiel'
import { UpstreamAbandonedError } from './errors.js'

/** Failures in a row that open the circuit. */
const IN_A_ROW = 5
/** More than half of so many exchanges failed opens it as well: an upstream that answers now and then is sick all the same. */
const SAMPLE = 20
/** How long it then stays open. */
const OPEN_MS = 5_000

/** A circuit breaker over exchanges; those that failed because nobody waited for them any more say nothing. */
export function createBreaker(isFailure: (result: unknown) => boolean): CircuitBreakerPolicy {
  return circuitBreaker(handleWhen(error => !(error instanceof UpstreamAbandonedError)).orWhenResult(isFailure), {
    halfOpenAfter: OPEN_MS,
    breaker: new EitherBreaker(),
  })
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
