import { type Logger, pino } from 'pino'
import type { LogLevel } from './log-level.js'

/**
 * The logger of the process, which writes JSON lines to stdout.
 *
 * @param broken is called once when no one reads stdout any more. Without it pino would go on in silence.
 */
export function openLog(level: LogLevel, broken: () => void): Logger {
  const stdout = pino.destination(1)
  stdout.once('error', broken)
  return pino({ level }, stdout)
}

/** Logs a line that no level leaves out. */
export function logAlways(logger: Logger, facts: object, message: string): void {
  logger.child({}, { level: 'info' }).info(facts, message)
}
