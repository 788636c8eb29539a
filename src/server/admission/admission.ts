import { ANONYMOUS } from '../../access/anonymous.js'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { Bulkhead, BulkheadFullError, type Waiter } from '../../request/bulkhead.js'
import { CLIENT_CLOSED_REQUEST, disconnectSignal, type GraphqlHandler } from '../graphql/handler.js'
import { refuse } from '../http/refusal.js'
import type { AdmissionSettings } from './admission-settings.js'

/** The operation was refused because the gateway has too many. It was not started. */
export class OverloadedError extends Error {
  constructor() {
    super('the gateway has more operations than it can answer')
    this.name = 'OverloadedError'
  }
}

/** Bytes of request bodies that may wait for a permit: 16 KiB for each operation of the default queue. */
const QUEUE_BYTES = 16_777_216

/** Admission control: bounds the operations that run and wait. Callers take turns. */
export class Admission {
  private readonly bulkhead: Bulkhead
  /** Operations refused so far: because the event loop was late, or because there was no permit in time. */
  readonly refused = { late: 0, full: 0 }

  constructor(
    private readonly settings: AdmissionSettings,
    private readonly loopDelay: LoopDelay,
  ) {
    const { permits, queueLimit, maxWaitMs } = settings
    const reserve = Math.floor(permits / 4)
    // Operations that are answered from a cache never wait for I/O. One start in a turn lets other callers' requests be read between two.
    this.bulkhead = new Bulkhead({
      ...{ permits, reserve, queueLimit, maxWaitMs },
      queueBytes: QUEUE_BYTES,
      hasOneStartPerTurn: true,
    })
  }

  /** Operations that may run at once. */
  get permits(): number {
    return this.settings.permits
  }

  /** Operations that run. */
  get running(): number {
    return this.bulkhead.running
  }

  /** Operations that wait for a permit. */
  get waiting(): number {
    return this.bulkhead.waiting
  }

  /** True while operations are refused. */
  get isShedding(): boolean {
    return this.isLate || this.bulkhead.isFull
  }

  /**
   * Runs an operation under a permit of its caller, which it holds until its end.
   *
   * @throws OverloadedError; the signal's reason when that is aborted during the wait; what the operation throws
   */
  async execute<T>(waiter: Waiter, operation: () => Promise<T>): Promise<T> {
    if (this.isLate) {
      this.refused.late++
      throw new OverloadedError()
    }
    try {
      return await this.bulkhead.execute(waiter, operation)
    } catch (error) {
      if (!(error instanceof BulkheadFullError)) throw error
      this.refused.full++
      throw new OverloadedError()
    }
  }

  private get isLate(): boolean {
    return this.loopDelay.ms > this.settings.maxLoopDelayMs
  }
}

/** Seconds, in the `Retry-After` header and in the error. */
const RETRY_AFTER = 1

/** The handler under admission control. A permit is taken when the body has been read, and held when the client disconnects. */
export function admit(admission: Admission, handler: GraphqlHandler): GraphqlHandler {
  return async (request, reply) => {
    const signal = disconnectSignal(reply)
    const caller = (request.principal ?? ANONYMOUS).id
    try {
      return await admission.execute({ caller, signal, bytes: request.bodyBytes }, () => handler(request, reply))
    } catch (error) {
      if (error === signal.reason) return reply.status(CLIENT_CLOSED_REQUEST).send()
      if (!(error instanceof OverloadedError)) throw error
      return refuse(
        reply.header('retry-after', RETRY_AFTER),
        503,
        ErrorCode.OVERLOADED,
        `The gateway has more requests than it can answer. Retry after ${RETRY_AFTER} second.`,
        { retryable: true, retryAfter: RETRY_AFTER },
      )
    }
  }
}

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
