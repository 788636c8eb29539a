import { setTimeout } from 'node:timers/promises'
import { UpstreamUnreachableError } from './errors.js'

/** How reads are repeated that failed for a reason that may pass. */
export interface RetryPolicy {
  /** Repetitions of one question at the most. */
  readonly maxRetries: number
  /** The first pause is a random part of this, each later one of twice as much. */
  readonly pauseMs: number
  /** How long a try may take before another is begun beside it, once a question; left out, none is. */
  readonly hedgeAfterMs?: number | undefined
  /** What all questions to one origin share. */
  readonly budget: RetryBudget
  /** A number from 0 up to 1. */
  readonly random: () => number
  /** Resolves after so long, or rejects as soon as the signal says so. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>
}

/** Of the statuses that say "not now". 500 is not among them: Distil says it of a bill that it will never put together. */
const NOT_NOW: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Repetitions that an origin's questions earn together: one for each twenty, and three are saved up at the most. So an upstream
 * that is down gets a tenth more questions than it would, not three times as many.
 */
export class RetryBudget {
  private static readonly EARNED = 0.05
  private static readonly MOST = 3

  /** So that the first failures of a quiet hour can be repeated. */
  private left = RetryBudget.MOST

  /** Notes a question. */
  earn(): void {
    this.left = Math.min(RetryBudget.MOST, this.left + RetryBudget.EARNED)
  }

  /** Takes one repetition; false when none is left. */
  spend(): boolean {
    if (this.left < 1) return false
    this.left -= 1
    return true
  }
}

/**
 * Repetitions as reads of production take them.
 *
 * @param hedgeAfterMs for an upstream to which a question that is asked twice costs little
 */
export function createRetryPolicy(hedgeAfterMs?: number): RetryPolicy {
  return {
    maxRetries: 2,
    pauseMs: 200,
    hedgeAfterMs,
    budget: new RetryBudget(),
    random: Math.random,
    wait: (ms, signal) => setTimeout(ms, undefined, { signal }),
  }
}

/** True of a status after which the same question may be answered. */
export function isNotNow(status: number): boolean {
  return NOT_NOW.has(status)
}

/** True of a failure after which the same question may be answered: a connection that broke, or was not to be had. */
export function isPassing(error: unknown): boolean {
  return error instanceof UpstreamUnreachableError
}

/** How long to wait before the repetition of that number, the first being 0. */
export function pauseBefore(repetition: number, { pauseMs, random }: RetryPolicy): number {
  return Math.round(random() * pauseMs * 2 ** repetition)
}
