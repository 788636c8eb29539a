import { FairQueue, type Permits } from './fair-queue.js'

/** How much work runs at once, how much waits, and for how long. */
export interface BulkheadLimits extends Permits {
  /** Callers' work that may wait for a permit. */
  readonly queueLimit: number
  /** Bytes that waiting work may hold; unlimited when left out. */
  readonly queueBytes?: number
  /** The longest wait for a permit, in ms; unlimited when left out. */
  readonly maxWaitMs?: number
  /** True starts at most one piece of work in each turn of the event loop, so that I/O is handled between two of them. */
  readonly hasOneStartPerTurn?: boolean
}

/** Who waits for a permit. */
export interface Waiter {
  /** Callers take turns under this id. */
  readonly caller: string
  /** Ends the wait when aborted. Work that has started is not affected. */
  readonly signal: AbortSignal
  /** Bytes that the work holds while it waits. */
  readonly bytes?: number
  /** The longest wait for a permit, in ms; that of the limits when left out. */
  readonly maxWaitMs?: number
}

/** There was no permit: the queue is full, it holds too many bytes, or the wait was too long. */
export class BulkheadFullError extends Error {
  constructor() {
    super('the queue is full')
    this.name = 'BulkheadFullError'
  }
}

interface Entry {
  readonly start: () => void
  readonly refuse: () => void
  readonly bytes: number
}

/** Limits concurrent work. The rest waits in a bounded queue in which callers take turns. */
export class Bulkhead {
  private readonly queue: FairQueue<Entry>
  private isPaused = false

  constructor(private readonly limits: BulkheadLimits) {
    this.queue = new FairQueue(limits, ({ bytes }) => bytes)
  }

  /** True when all permits are held and no more work may wait. */
  get isFull(): boolean {
    const { permits, queueLimit } = this.limits
    return this.queue.held >= permits && this.queue.waiting >= queueLimit
  }

  /** Work that holds a permit. */
  get running(): number {
    return this.queue.held
  }

  /** Work that waits for a permit. */
  get waiting(): number {
    return this.queue.waiting
  }

  /**
   * Runs the work under a permit, which it holds until its end.
   *
   * @throws BulkheadFullError; the signal's reason when that is aborted during the wait; what the work throws
   */
  async execute<T>(waiter: Waiter, work: () => Promise<T>): Promise<T> {
    await this.permit(waiter)
    try {
      return await work()
    } finally {
      this.queue.release(waiter.caller)
      this.startNext()
    }
  }

  private async permit({ caller, signal, bytes = 0, maxWaitMs = this.limits.maxWaitMs }: Waiter): Promise<void> {
    signal.throwIfAborted()
    const permit = Promise.withResolvers<void>()
    let isStarted = false
    const entry: Entry = {
      bytes,
      start: () => {
        isStarted = true
        permit.resolve()
      },
      refuse: () => permit.reject(new BulkheadFullError()),
    }
    const { permits, queueLimit, queueBytes = Number.POSITIVE_INFINITY } = this.limits
    this.queue.add(caller, entry)
    this.startNext()
    // Entries for which there is a permit wait for the next turn of the event loop only.
    this.queue.dropExcess(queueLimit + permits - this.queue.held)?.refuse()
    let heaviest = this.queue.dropHeaviest(queueBytes)
    for (; heaviest; heaviest = this.queue.dropHeaviest(queueBytes)) heaviest.refuse()
    if (isStarted) return
    const abort = (): void => {
      if (this.queue.remove(caller, entry)) permit.reject(signal.reason)
    }
    const giveUp = (): void => {
      if (this.queue.remove(caller, entry)) entry.refuse()
    }
    const timer = maxWaitMs === undefined ? undefined : setTimeout(giveUp, maxWaitMs)
    signal.addEventListener('abort', abort, { once: true })
    try {
      await permit.promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  }

  private startNext(): void {
    if (this.isPaused) return
    const entry = this.queue.next()
    if (!entry) return
    entry.start()
    if (this.limits.hasOneStartPerTurn) this.pauseUntilNextTurn()
    else this.startNext()
  }

  private pauseUntilNextTurn(): void {
    this.isPaused = true
    setImmediate(() => {
      this.isPaused = false
      this.startNext()
    })
  }
}
