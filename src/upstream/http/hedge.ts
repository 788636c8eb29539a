/** When a piece of work is begun a second time, beside the first. */
export interface HedgeTerms {
  /** How long the first may be under way. */
  readonly afterMs: number
  /** Resolves after so long, or rejects as soon as the signal says so. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>
  /** Asked once the time is over. */
  readonly mayBegin: () => boolean
}

/** Work that may wait for its turn: it says when it has begun, and is given up when the signal says so. */
export type HedgedWork<T> = (signal: AbortSignal, begun: () => void) => Promise<T>

/**
 * Does the work, and once that takes long, does it once more beside. Whichever comes to its end first counts, and the other is given
 * up; a failure counts when nothing else is under way.
 */
export async function hedge<T>(work: HedgedWork<T>, { afterMs, wait, mayBegin }: HedgeTerms): Promise<T> {
  const over = new AbortController()
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  let underWay = 0
  const begin = (begun: () => void): void => {
    underWay++
    work(over.signal, begun).then(resolve, error => {
      if (--underWay === 0) reject(error)
    })
  }
  const beginAnother = (): void => {
    if (!over.signal.aborted && mayBegin()) begin(() => {})
  }
  begin(() => void wait(afterMs, over.signal).then(beginAnother, () => {}))
  try {
    return await promise
  } finally {
    over.abort()
  }
}
