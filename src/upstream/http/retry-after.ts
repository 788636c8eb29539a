import type { Clock } from '../../request/clock.js'
import { Deadline } from './deadline.js'
import { UpstreamStatusError } from './errors.js'
import type { Call, HttpResponse } from './exchange.js'
import type { RetryPolicy } from './retry.js'
import { retryAfterSeconds } from './status.js'

/** A request waits no longer than this. It fails instead, and says when to retry. */
const MAX_WAIT_MS = 5_000

const WHOLE_ORIGIN = ''

/** A pause that an upstream asked for, for one route or the whole origin. */
interface Pause {
  readonly scope: string
  /** Milliseconds of the clock. */
  until: number
  status: number
  /** Settles when the probe after the pause has ended; null while there is no probe. */
  probe: PromiseWithResolvers<void> | null
}

/**
 * The pauses that an upstream's `Retry-After` asks for: after a 429 for the route, since rate limits are per route; after a 503 for
 * the whole origin. When a pause is over, one request probes the upstream before the others follow.
 */
export class RetryAfter {
  private readonly pauses = new Map<string, Pause>()

  /** @param maxMs longest pause; upstreams may ask for more */
  constructor(
    private readonly clock: Clock,
    private readonly maxMs: number,
  ) {}

  /** When the last pause ends; null without one. */
  pausedUntil(): Date | null {
    const until = Math.max(0, ...[...this.pauses.values()].map(pause => pause.until))
    return until > this.now() ? new Date(until) : null
  }

  /** True while no route of the origin may be requested. */
  isOriginPaused(): boolean {
    return (this.pauses.get(WHOLE_ORIGIN)?.until ?? 0) > this.now()
  }

  /** Starts or extends a pause, if the response asks for one. */
  note({ request }: Call, response: HttpResponse): void {
    if (response.status !== 429 && response.status !== 503) return
    const seconds = retryAfterSeconds(response)
    if (seconds === undefined) return
    const scope = response.status === 503 ? WHOLE_ORIGIN : request.operation
    const until = this.now() + Math.min(seconds * 1000, this.maxMs)
    const pause = this.pauses.get(scope)
    if (!pause) this.pauses.set(scope, { scope, until, status: response.status, probe: null })
    else if (until > pause.until) pause.until = until
  }

  /** True when the request's pause is over soon enough for a retry to wait for it. */
  allowsRetry(call: Call): boolean {
    return this.isShort(this.leftMs(this.pauseOf(call)), call)
  }

  /**
   * Waits until the request may be sent.
   *
   * @param retry the policy to wait by; undefined for a request that must not wait
   * @returns the pause that this request probes, to be ended by `endProbe`; null for none
   * @throws UpstreamStatusError with the seconds that are left of a long pause; the deadline's errors
   */
  async admit(call: Call, retry: RetryPolicy | undefined): Promise<Pause | null> {
    for (;;) {
      const pause = this.pauseOf(call)
      if (!pause) return null
      const leftMs = this.leftMs(pause)
      if (leftMs > 0) await this.waitOut(pause, leftMs, call, retry)
      else if (!pause.probe) {
        pause.probe = Promise.withResolvers()
        return pause
      } else if (!(await isOverSoon(pause.probe.promise, call))) return null
    }
  }

  /** Ends the pause after its probe, unless the response has extended it. */
  endProbe(pause: Pause | null): void {
    if (!pause) return
    pause.probe?.resolve()
    pause.probe = null
    if (this.leftMs(pause) === 0) this.pauses.delete(pause.scope)
  }

  /** The pause that ends last of those that concern the request. */
  private pauseOf({ request }: Call): Pause | undefined {
    const [origin, route] = [this.pauses.get(WHOLE_ORIGIN), this.pauses.get(request.operation)]
    return origin && route ? (origin.until > route.until ? origin : route) : (origin ?? route)
  }

  private async waitOut(pause: Pause, leftMs: number, call: Call, retry: RetryPolicy | undefined): Promise<void> {
    if (!retry || !this.isShort(leftMs, call)) {
      throw new UpstreamStatusError(pause.status, call.request, Math.ceil(leftMs / 1000))
    }
    await call.deadline.within(retry.wait(leftMs, call.deadline.signal), call.request)
  }

  private isShort(leftMs: number, { deadline }: Call): boolean {
    return leftMs <= MAX_WAIT_MS && leftMs < deadline.left()
  }

  private leftMs(pause: Pause | undefined): number {
    return pause ? Math.max(0, pause.until - this.now()) : 0
  }

  private now(): number {
    return this.clock().getTime()
  }
}

/** False when the probe takes long: other requests need not wait for a slow one. */
async function isOverSoon(probe: Promise<void>, { deadline, request }: Call): Promise<boolean> {
  using wait = new Deadline(MAX_WAIT_MS, deadline.signal)
  const isOver = await wait.within(probe, request).then(
    () => true,
    () => false,
  )
  if (deadline.signal.aborted) throw deadline.error(request)
  return isOver
}
