import { type Logger, pino } from 'pino'

/** So much of it is written at once. */
const PORTION_BYTES = 4_096
/** So long a line waits for others at the most. */
const PATIENCE_MS = 100

/** Where the gateway tells what it does. */
export interface Log {
  readonly logger: Logger
  /** Writes what is still waiting, before it returns. */
  flush(): void
}

/**
 * Opens the log: JSON lines on standard output. Each write wakes a thread, which as a rule is run in place of the one that answers while the
 * machine has much to do: so lines are written by portions. None is lost where the program ends by itself, with an error or without.
 */
export function openLog(level: string): Log {
  const out = pino.destination({ dest: 1, sync: false, minLength: PORTION_BYTES, periodicFlush: PATIENCE_MS })
  return { logger: pino({ level }, out), flush: () => out.flushSync() }
}
