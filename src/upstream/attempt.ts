import type { Deadline } from './deadline.js'
import {
  type UpstreamAbandonedError,
  type UpstreamRequest,
  UpstreamSlowTryError,
  type UpstreamTimeoutError,
} from './errors.js'

/** One try of a question, which can end before the question's time does. */
export class Attempt {
  /** Aborted when it is given up, or nobody waits for the question any more. */
  readonly signal: AbortSignal
  private readonly givenUp = new AbortController()
  private readonly ended = new AbortController()

  constructor(
    private readonly deadline: Deadline,
    private readonly ms: number,
  ) {
    this.signal = AbortSignal.any([deadline.signal, this.givenUp.signal])
  }

  /**
   * Does the work, and gives it up once it has taken its time, where another try may take its place. Else it goes on: what is slow
   * may answer yet.
   */
  async watch<T>(
    wait: (ms: number, signal: AbortSignal) => Promise<unknown>,
    mayTryAgain: () => boolean,
    work: () => Promise<T>,
  ): Promise<T> {
    const over = AbortSignal.any([this.deadline.signal, this.ended.signal])
    const giveUp = (): void => {
      if (!over.aborted && mayTryAgain()) this.givenUp.abort()
    }
    wait(this.ms, over).then(giveUp, () => {})
    try {
      return await work()
    } finally {
      this.ended.abort()
    }
  }

  /** What its end means. */
  error(asked: UpstreamRequest, cause?: unknown): UpstreamSlowTryError | UpstreamTimeoutError | UpstreamAbandonedError {
    if (this.deadline.signal.aborted) return this.deadline.error(asked, cause)
    return new UpstreamSlowTryError(this.ms, asked, cause)
  }
}
