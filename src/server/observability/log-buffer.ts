import { type DestinationStream, pino } from 'pino'

/** A log line waits this long for others, so that many requests share one write. */
const MAX_DELAY_MS = 10
/** Lines are written earlier when there is this much of them. */
const MAX_BYTES = 8_192
/** Pino's level `warn`. */
const URGENT = 40

/**
 * Stdout as a destination of the log. A write per line would cost as much CPU as the response it reports. Warnings and errors are
 * written at once, with the lines before them; the rest within some milliseconds, and when the process exits.
 */
export function bufferedStdout(): DestinationStream {
  const stdout = pino.destination({ dest: 1, sync: true, minLength: MAX_BYTES })
  let timer: NodeJS.Timeout | null = null
  const flush = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    stdout.flushSync()
  }
  process.on('exit', flush)
  return {
    // Pino then sets the level of each line before it writes it.
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string): void {
      stdout.write(line)
      if (this.lastLevel >= URGENT) flush()
      else timer ??= setTimeout(flush, MAX_DELAY_MS).unref()
    },
  } as DestinationStream & { lastLevel: number }
}
