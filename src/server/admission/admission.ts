import { Bulkhead, BulkheadFullError, type Waiter } from '../../request/bulkhead.js'
import type { AdmissionSettings } from './admission-settings.js'
import type { LoopDelay } from './loop-delay.js'

/** The operation was refused because the gateway has too many. It was not started. */
export class OverloadedError extends Error {
  constructor() {
    super('the gateway has more operations than it can answer')
    this.name = 'OverloadedError'
  }
}

/** Admission control: bounds the operations that run and wait. Callers take turns. */
export class Admission {
  private readonly bulkhead: Bulkhead

  constructor(
    private readonly settings: AdmissionSettings,
    private readonly loopDelay: LoopDelay,
  ) {
    const { permits, queueLimit, maxWaitMs } = settings
    const reserve = Math.floor(permits / 4)
    // Operations that are answered from a cache never wait for I/O. One start in a turn lets other callers' requests be read between two.
    this.bulkhead = new Bulkhead({ permits, reserve, queueLimit, maxWaitMs, hasOneStartPerTurn: true })
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
    if (this.isLate) throw new OverloadedError()
    try {
      return await this.bulkhead.execute(waiter, operation)
    } catch (error) {
      throw error instanceof BulkheadFullError ? new OverloadedError() : error
    }
  }

  private get isLate(): boolean {
    return this.loopDelay.ms > this.settings.maxLoopDelayMs
  }
}
