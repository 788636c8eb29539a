import type { CallOutcome } from '../../request/observation.js'
import {
  UpstreamAbandonedError,
  UpstreamCircuitOpenError,
  UpstreamFormatError,
  UpstreamOverloadedError,
  UpstreamStatusError,
  UpstreamTimeoutError,
} from './errors.js'

const OUTCOMES: readonly (readonly [new (...args: never[]) => Error, CallOutcome])[] = [
  [UpstreamTimeoutError, 'timeout'],
  [UpstreamCircuitOpenError, 'circuit_open'],
  [UpstreamOverloadedError, 'overloaded'],
  [UpstreamAbandonedError, 'abandoned'],
  [UpstreamFormatError, 'invalid'],
  // The upstream's Retry-After asks for a pause, so nothing was sent.
  [UpstreamStatusError, 'rate_limited'],
]

/** The outcome of a call for its observers. @param acceptedStatuses those that are no failure of this request */
export function callOutcomeOf(
  result: { readonly status: number } | Error,
  acceptedStatuses: readonly number[] = [],
): CallOutcome {
  if (result instanceof Error) return OUTCOMES.find(([type]) => result instanceof type)?.[1] ?? 'unreachable'
  const { status } = result
  if (status < 400 || acceptedStatuses.includes(status)) return 'ok'
  if (status === 401 || status === 403) return 'denied'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limited'
  return status < 500 ? 'client_error' : 'server_error'
}
