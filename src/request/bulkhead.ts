import { FairQueue, type FairQueueBounds } from './fair-queue.js'

/** How much work may be done and wait. */
export interface BulkheadBounds extends FairQueueBounds {
  readonly waiting: number
}

/** Somebody's work that may wait. */
export interface Waiting {
  /** Whose it is; work of nobody in particular is of one name, too. */
  readonly name: string
  /** Says when nobody waits for it any more. */
  readonly signal: AbortSignal
}

/** Found no place to wait in, or lost it to somebody of whom fewer wait. */
export class BulkheadFullError extends Error {
  constructor() {
    super('too many wait already')
    this.name = 'BulkheadFullError'
  }
}

interface Place {
  readonly begin: () => void
  readonly refuse: () => void
}

/** Does so much work at a time and no more; the rest waits, within a bound, and those who want it take turns. */
export class Bulkhead {
  private readonly queue: FairQueue<Place>

  constructor(private readonly bounds: BulkheadBounds) {
    this.queue = new FairQueue(bounds)
  }

  /** @throws BulkheadFullError; the signal's reason when that says so before the work has begun; what the work throws */
  async execute<T>(waiting: Waiting, work: () => Promise<T>): Promise<T> {
    await this.turn(waiting)
    try {
      return await work()
    } finally {
      this.queue.done(waiting.name)
      this.begin()
    }
  }

  private async turn({ name, signal }: Waiting): Promise<void> {
    signal.throwIfAborted()
    const turn = Promise.withResolvers<void>()
    const place: Place = { begin: turn.resolve, refuse: () => turn.reject(new BulkheadFullError()) }
    const leave = (): void => {
      if (this.queue.remove(name, place)) turn.reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    try {
      this.queue.add(name, place)
      this.begin()
      this.queue.drop(this.bounds.waiting)?.refuse()
      await turn.promise
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  private begin(): void {
    for (let place = this.queue.next(); place; place = this.queue.next()) place.begin()
  }
}
