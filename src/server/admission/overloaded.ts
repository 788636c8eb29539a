import { ErrorCode } from '../../graph/errors/error-code.js'
import type { EarlyRefusal } from '../http/early-refusal.js'

/** When to come again, in the header as well as in the error. */
export const RETRY_AFTER_SECONDS = 1

/** What whoever is turned away is told. */
export const OVERLOADED = {
  status: 503,
  code: ErrorCode.OVERLOADED,
  message: 'The gateway is asked more at present than it can answer.',
  details: { retryable: true, retryAfter: RETRY_AFTER_SECONDS },
  headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
} satisfies EarlyRefusal
