import { UpstreamError, UpstreamFormatError, UpstreamStatusError } from '../http/errors.js'
import type { ResponseKind } from './ttl.js'

/** True when the upstream could not say: what it refuses, or says is not there, must not be told all the same. */
export function isOutage(error: unknown): boolean {
  return error instanceof UpstreamFormatError || (error instanceof UpstreamError && error.retryable)
}

/**
 * True when an older answer may stand in for what failed. A rating server fails with 500 for one line that it cannot price:
 * whoever asks for bills finds a way around that line, and only then knows whether the server is ill.
 */
export function mayServeStale(kind: ResponseKind, error: unknown): boolean {
  const isRetiredProduct = kind === 'catalyst-bills' && error instanceof UpstreamStatusError && error.status === 500
  return isOutage(error) && !isRetiredProduct
}
