import type { Clock } from '../request/clock.js'
import type { Output } from './output.js'

/** Calls again and again, so many milliseconds apart, until the returned function is called. */
export type Repeat = (intervalMs: number, call: () => void) => () => void

/** What a progress line is made with. */
export interface ProgressOptions {
  readonly output: Output
  readonly clock: Clock
  readonly repeat: Repeat
}

const INTERVAL_MS = 250

/** Shorter waits need no word. */
const STORE_TIMEOUT_MS = 1_000

const ERASED = '\r\x1b[K'

/** A line that says how long a read has taken so far; it is erased when the read ends. Only a terminal gets to see one. */
export class Progress {
  constructor(private readonly options: ProgressOptions) {}

  /** Waits for the read, and says so when it takes long. */
  async during<T>(label: string, read: Promise<T>): Promise<T> {
    const { output, clock, repeat } = this.options
    if (!output.isTerminal) return read
    const start = clock().getTime()
    let isShown = false
    const stop = repeat(INTERVAL_MS, () => {
      const waitedMs = clock().getTime() - start
      if (waitedMs < STORE_TIMEOUT_MS) return
      isShown = true
      output.write(`${ERASED}${label} … ${Math.floor(waitedMs / 1000)} s`)
    })
    try {
      return await read
    } finally {
      stop()
      if (isShown) output.write(ERASED)
    }
  }
}
