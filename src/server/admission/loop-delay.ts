/** How late the event loop has been lately. */
export interface LoopDelay extends Disposable {
  /** Milliseconds, smoothed: one long pause counts half. */
  readonly ms: number
}

const SAMPLE_MS = 100

/**
 * Measures by how much a timer is late. It does not keep the process alive.
 *
 * Node's `monitorEventLoopDelay` is no substitute: each reset forgets the last tick, so a loop that is late in every interval shows no delay.
 */
export class EventLoopDelay implements LoopDelay {
  private readonly timer = setInterval(() => this.sample(), SAMPLE_MS).unref()
  private sampledAt = performance.now()
  private smoothedMs = 0

  get ms(): number {
    return this.smoothedMs
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer)
  }

  private sample(): void {
    const now = performance.now()
    const delayMs = Math.max(0, now - this.sampledAt - SAMPLE_MS)
    this.sampledAt = now
    this.smoothedMs = (this.smoothedMs + delayMs) / 2
  }
}
