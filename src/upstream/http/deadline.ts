import { UpstreamAbandonedError, type UpstreamRequest, UpstreamTimeoutError } from './errors.js'

/** Until when one question may take, however often it is tried, and whoever waits for it. */
export class Deadline {
  /** Aborted at the end of the time, or when the caller leaves. */
  readonly signal: AbortSignal
  private readonly time: AbortSignal
  private readonly endsAt: number

  /** @param caller of the one who waits, where that is somebody in particular */
  constructor(
    private readonly ms: number,
    caller: AbortSignal | undefined,
  ) {
    this.time = AbortSignal.timeout(ms)
    this.signal = caller === undefined ? this.time : AbortSignal.any([this.time, caller])
    this.endsAt = performance.now() + ms
  }

  /** Milliseconds that are left; 0 when it is over. */
  left(): number {
    return this.signal.aborted ? 0 : Math.max(0, this.endsAt - performance.now())
  }

  /** What its end means. */
  error(asked: UpstreamRequest, cause?: unknown): UpstreamTimeoutError | UpstreamAbandonedError {
    if (this.time.aborted) return new UpstreamTimeoutError(this.ms, asked, cause)
    return new UpstreamAbandonedError(asked, cause)
  }

  /**
   * What the work gives; the deadline's error as soon as that is over, even where the work does not notice it.
   *
   * @throws what the work throws, UpstreamTimeoutError, UpstreamAbandonedError
   */
  async within<T>(work: Promise<T>, asked: UpstreamRequest): Promise<T> {
    const over = Promise.withResolvers<never>()
    const end = (): void => over.reject(this.error(asked))
    if (this.signal.aborted) end()
    this.signal.addEventListener('abort', end, { once: true })
    // Whichever comes second is nobody's failure.
    over.promise.catch(() => {})
    work.catch(() => {})
    try {
      return await Promise.race([work, over.promise])
    } finally {
      this.signal.removeEventListener('abort', end)
    }
  }
}
