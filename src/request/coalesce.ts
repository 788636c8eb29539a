import {
  CallsSpentError,
  callerName,
  requestCallBudget,
  requestRecord,
  requestSignal,
  withRequestContext,
} from './request-context.js'

interface InFlight<T> {
  readonly result: Promise<T>
  /** Aborts the work once no caller waits for it. */
  readonly abandon: AbortController
  waiting: number
  isSettled: boolean
}

/** Coalesces concurrent calls of one key (single flight). A failure is shared by those who wait, and is not remembered. */
export class Coalescer<T> {
  private readonly inFlight = new Map<string, InFlight<T>>()

  /**
   * Runs the work, or waits for the run of the same key that is in flight. The work runs with the name, the call budget and
   * the record of the caller that started it, and is aborted when the last waiting caller disconnects.
   *
   * @throws what the work throws; the abort reason of the caller's own request
   */
  async run(key: string, work: () => Promise<T>): Promise<T> {
    const running = this.find(key)
    if (!running) return wait(this.start(key, work))
    try {
      return await wait(running)
    } catch (error) {
      // The starter's call budget is not this caller's.
      if (error instanceof CallsSpentError) return this.run(key, work)
      throw error
    }
  }

  /** True when a call of `run` for this key would wait for work that is in flight. */
  isInFlight(key: string): boolean {
    return this.find(key) !== undefined
  }

  private find(key: string): InFlight<T> | undefined {
    const running = this.inFlight.get(key)
    return running?.abandon.signal.aborted ? undefined : running
  }

  private start(key: string, work: () => Promise<T>): InFlight<T> {
    const abandon = new AbortController()
    const context = {
      signal: abandon.signal,
      callerName: callerName(),
      callBudget: requestCallBudget(),
      record: requestRecord(),
    }
    const running = { result: withRequestContext(context, work), abandon, waiting: 0, isSettled: false }
    this.inFlight.set(key, running)
    const remove = (): void => {
      running.isSettled = true
      if (this.inFlight.get(key) === running) this.inFlight.delete(key)
    }
    // Also marks a rejection as handled: when every caller has disconnected, no one else would.
    running.result.then(remove, remove)
    return running
  }
}

/** The result; rejects as soon as the present caller disconnects. */
async function wait<T>(running: InFlight<T>): Promise<T> {
  const signal = requestSignal()
  const disconnected = Promise.withResolvers<never>()
  disconnected.promise.catch(() => {})
  const leave = (): void => disconnected.reject(signal?.reason)
  if (signal?.aborted) leave()
  signal?.addEventListener('abort', leave, { once: true })
  running.waiting++
  try {
    return await Promise.race([running.result, disconnected.promise])
  } finally {
    signal?.removeEventListener('abort', leave)
    // An abort makes an exception with a stack trace: too costly for work that has ended.
    if (--running.waiting === 0 && !running.isSettled) running.abandon.abort()
  }
}
