import type { Clock } from '../../request/clock.js'
import type { Deadline } from './deadline.js'
import { type UpstreamRequest, UpstreamStatusError } from './errors.js'
import type { RetryPolicy } from './retry.js'
import { retryAfterSeconds } from './status.js'
import type { HttpResponse } from './upstream-http.js'

/** Longer than this nobody is kept waiting; he is told when to come again instead. */
const MAX_WAIT_MS = 5_000

/** The time for which an upstream wants to be left in peace: `Retry-After` on a 429 or 503. */
export class RetryAfter {
  private until = 0
  private status = 429

  constructor(private readonly clock: Clock) {}

  /** Notes what an answer says of it. */
  note(answer: HttpResponse): void {
    if (answer.status !== 429 && answer.status !== 503) return
    const seconds = retryAfterSeconds(answer)
    if (seconds === undefined) return
    this.status = answer.status
    this.until = Math.max(this.until, this.clock().getTime() + seconds * 1000)
  }

  /** True when it ends soon enough for a question to be worth the wait. */
  allowsWithin(deadline: Deadline): boolean {
    return this.left() < Math.min(MAX_WAIT_MS + 1, deadline.left())
  }

  /**
   * Waits for its end, where that is soon and questions are repeated at all.
   *
   * @throws UpstreamStatusError, with the seconds that are left, where nobody should wait so long; the deadline's errors
   */
  async keep(retry: RetryPolicy | undefined, deadline: Deadline, asked: UpstreamRequest): Promise<void> {
    const ms = this.left()
    if (ms === 0) return
    if (!retry || !this.allowsWithin(deadline)) {
      throw new UpstreamStatusError(this.status, asked, Math.ceil(ms / 1000))
    }
    await deadline.within(retry.wait(ms, deadline.signal), asked)
  }

  private left(): number {
    return this.until === 0 ? 0 : Math.max(0, this.until - this.clock().getTime())
  }
}
