/** Signals closer together than this count as one: npm forwards a Ctrl-C that the terminal also sends. */
const SAME_SIGNAL_SECONDS = 1

/** A signal that ends the program. SIGINT is a person's, at a terminal. */
export type EndSignal = 'SIGINT' | 'SIGTERM'

/**
 * Ends the process with status 0 when a signal has arrived and the work of `end` is done; at once, with status 1, on a second signal.
 *
 * @param end its failure ends the process with status 1
 * @returns does the same as SIGTERM
 */
export function endOnSignal(end: (signal: EndSignal) => Promise<void>): () => void {
  let stoppedAt: number | undefined
  const stop = (signal: EndSignal): void => {
    if (stoppedAt !== undefined && process.uptime() - stoppedAt > SAME_SIGNAL_SECONDS) process.exit(1)
    if (stoppedAt !== undefined) return
    stoppedAt = process.uptime()
    end(signal).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGTERM', () => stop('SIGTERM'))
  return () => stop('SIGTERM')
}
