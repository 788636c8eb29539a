import { UpstreamAbandonedError, type UpstreamRequest, UpstreamTimeoutError } from './errors.js'

/** Deadline of one request, its retries and its time in the queue included. It ends early when the caller disconnects. */
export class Deadline {
  /** Aborts at the end of the time, or when the caller disconnects. */
  readonly signal: AbortSignal
  private readonly timer: AbortSignal
  private readonly endsAt: number

  /** @param caller the caller's signal, where the request ends with its caller */
  constructor(
    readonly ms: number,
    caller: AbortSignal | undefined,
  ) {
    this.timer = AbortSignal.timeout(ms)
    this.signal = caller === undefined ? this.timer : AbortSignal.any([this.timer, caller])
    this.endsAt = performance.now() + ms
  }

  /** Milliseconds that are left; 0 when it is over. */
  left(): number {
    return this.signal.aborted ? 0 : Math.max(0, this.endsAt - performance.now())
  }

  /** The error of a request that this deadline has ended. */
  error(request: UpstreamRequest, cause?: unknown): UpstreamTimeoutError | UpstreamAbandonedError {
    if (this.timer.aborted) return new UpstreamTimeoutError(this.ms, request, cause)
    return new UpstreamAbandonedError(request, cause)
  }

  /**
   * The result of the work; the deadline's error as soon as that is over, even where the work does not notice it.
   *
   * @throws what the work throws, UpstreamTimeoutError, UpstreamAbandonedError
   */
  async within<T>(work: Promise<T>, request: UpstreamRequest): Promise<T> {
    const over = Promise.withResolvers<never>()
    const end = (): void => over.reject(this.error(request))
    if (this.signal.aborted) end()
    this.signal.addEventListener('abort', end, { once: true })
    // The one that loses the race must not become an unhandled rejection.
    over.promise.catch(() => {})
    work.catch(() => {})
    try {
      return await Promise.race([work, over.promise])
    } finally {
      this.signal.removeEventListener('abort', end)
    }
  }
}
