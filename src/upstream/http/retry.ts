import { setTimeout } from 'node:timers/promises'

/** How reads are retried that failed for a transient reason. */
export interface RetryPolicy {
  /** Largest number of retries of one request. */
  readonly maxRetries: number
  /** The first delay is a random part of this; each later one is of twice as much. */
  readonly baseDelayMs: number
  /** Shared by all requests to one origin. */
  readonly budget: RetryBudget
  /** A number from 0 up to 1. */
  readonly random: () => number
  /** Resolves after so many milliseconds, or rejects as soon as the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>
}

/** Transient statuses. 500 is not among them: Distil returns it for a bill that it can never compute. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Retry budget of one origin. Twenty requests earn one retry, and at most three are saved up. An upstream that is down gets 5 %
 * more requests, not three times as many.
 */
export class RetryBudget {
  private static readonly EARNED_PER_REQUEST = 0.05
  private static readonly MAX_SAVED = 3

  /** Starts full, so that the first failures of a quiet hour can be retried. */
  private left = RetryBudget.MAX_SAVED

  /** Notes a request. */
  earn(): void {
    this.left = Math.min(RetryBudget.MAX_SAVED, this.left + RetryBudget.EARNED_PER_REQUEST)
  }

  /** Takes one retry; false when none is left. */
  spend(): boolean {
    if (this.left < 1) return false
    this.left -= 1
    return true
  }
}

/** The retry policy of production reads. */
export function createRetryPolicy(): RetryPolicy {
  return {
    maxRetries: 2,
    baseDelayMs: 200,
    budget: new RetryBudget(),
    random: Math.random,
    wait: (ms, signal) => setTimeout(ms, undefined, { signal }),
  }
}

/** True for a status after which the same request may succeed. */
export function isRetryableStatus(status: number): boolean {
  return RETRYABLE.has(status)
}

/** Milliseconds to wait before a retry: full jitter, exponential backoff. The first retry is number 0. */
export function retryDelayMs(retry: number, { baseDelayMs, random }: RetryPolicy): number {
  return Math.round(random() * baseDelayMs * 2 ** retry)
}
