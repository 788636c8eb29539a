import { UpstreamAbandonedError, type UpstreamRequest, UpstreamTimeoutError } from './errors.js'

/**
 * Deadline of one request, its retries and its time in the queue included. It ends early when the caller disconnects.
 *
 * Not made of `AbortSignal.timeout` and `AbortSignal.any`: their timers and weak references would outlive the request until the end of
 * the time, and in every small garbage collection keep alive what they refer to.
 */
export class Deadline implements Disposable {
  private readonly controller = new AbortController()
  private readonly timer: NodeJS.Timeout
  private readonly endsAt: number
  private isTimeOver = false

  /** @param caller the caller's signal, where the request ends with its caller */
  constructor(
    readonly ms: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.timer = setTimeout(() => this.endTime(), ms).unref()
    this.endsAt = performance.now() + ms
    if (caller?.aborted) this.leave()
    caller?.addEventListener('abort', this.leave, { once: true })
  }

  /** Aborts at the end of the time, or when the caller disconnects; not after disposal. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** Milliseconds that are left; 0 when it is over. */
  left(): number {
    return this.signal.aborted ? 0 : Math.max(0, this.endsAt - performance.now())
  }

  /** The error of a request that this deadline has ended. */
  error(request: UpstreamRequest, cause?: unknown): UpstreamTimeoutError | UpstreamAbandonedError {
    if (this.isTimeOver) return new UpstreamTimeoutError(this.ms, request, cause)
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

  [Symbol.dispose](): void {
    clearTimeout(this.timer)
    this.caller?.removeEventListener('abort', this.leave)
  }

  private readonly leave = (): void => this.controller.abort(this.caller?.reason)

  private endTime(): void {
    // After a disconnect the time is not what ended the request.
    if (this.signal.aborted) return
    this.isTimeOver = true
    this.controller.abort(new DOMException('the time is over', 'TimeoutError'))
  }
}
