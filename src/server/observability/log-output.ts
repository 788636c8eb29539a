import { type Logger, pino } from 'pino'
import type { LogLevel } from './log-level.js'

/**
 * How many bytes of lines are written together: a write that wakes the reader of a pipe takes more time than all else that is done for a
 * line. With workers several processes write to one pipe: it takes so few bytes at once, so that their lines do not mix.
 */
const TOGETHER = { alone: 8_192, besideOthers: 2_048 } as const

/**
 * The logger of the process, which writes JSON lines to stdout, within 100 ms and at the end of the process.
 *
 * @param isAlone false when other processes write to the same stdout
 * @param broken is called once when nothing can be written to stdout any more: no one reads it, or the disk behind it is full. Without it
 *   pino would go on in silence.
 */
export function openLog(level: LogLevel, isAlone: boolean, broken: () => void): Logger {
  const minLength = isAlone ? TOGETHER.alone : TOGETHER.besideOthers
  const stdout = pino.destination({ fd: 1, minLength, periodicFlush: 100 })
  process.on('exit', () => stdout.flushSync())
  const ignore = (): void => {}
  // It keeps what it could not write, and would try again for ever, also on exit.
  stdout.once('error', () => {
    stdout.on('error', ignore)
    Object.assign(stdout, { write: ignore, end: ignore, flush: ignore, flushSync: ignore, destroy: ignore })
    process.stderr.write('billgraph: nothing can be written to stdout: ending\n')
    broken()
  })
  return pino({ level }, stdout)
}

/** Logs a line that no level leaves out. */
export function logAlways(logger: Logger, facts: object, message: string): void {
  logger.child({}, { level: 'info' }).info(facts, message)
}
