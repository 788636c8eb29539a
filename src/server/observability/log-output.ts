import { type Logger, pino } from 'pino'
import type { LogLevel } from './log-level.js'

/** Lines wait for others for so long: a write that wakes the reader of a pipe costs more than all else that is done for a line. */
const MAX_WAIT_MS = 50
/** As much as a pipe takes at once: the lines of several processes on one pipe do not mix. */
const MAX_BYTES = 4_096
/** Pino's number of the level. */
const WARN = 40

/**
 * The logger of the process, which writes JSON lines to stdout. Warnings and errors are written at once, other lines within 50 ms and at
 * the end of the process.
 *
 * @param broken is called once when no one reads stdout any more. Without it pino would go on in silence.
 */
export function openLog(level: LogLevel, broken: () => void): Logger {
  const stdout = pino.destination(1)
  stdout.once('error', broken)
  const lines = new BufferedLines(text => stdout.write(text))
  process.on('exit', () => lines.flush())
  return pino({ level }, lines)
}

/** Collects lines, so that many are written at once. */
export class BufferedLines {
  /** Makes pino set the level of the line that it writes next. */
  readonly [pino.symbols.needsMetadataGsym] = true
  lastLevel = 0
  private text = ''
  private bytes = 0
  private timer: NodeJS.Timeout | null = null

  constructor(private readonly writeAll: (text: string) => void) {}

  write(line: string): void {
    const bytes = Buffer.byteLength(line)
    if (this.bytes + bytes > MAX_BYTES) this.flush()
    this.text += line
    this.bytes += bytes
    if (this.lastLevel >= WARN) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), MAX_WAIT_MS).unref()
  }

  /** Writes the lines that wait. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    if (this.bytes === 0) return
    const { text } = this
    this.text = ''
    this.bytes = 0
    this.writeAll(text)
  }
}

/** Logs a line that no level leaves out. */
export function logAlways(logger: Logger, facts: object, message: string): void {
  logger.child({}, { level: 'info' }).info(facts, message)
}
