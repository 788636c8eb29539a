import type { Clock } from '../request/clock.js'
import type { Output, Repeat } from './terminal.js'

/** Dependencies of a progress line. */
export interface ProgressOptions {
  readonly output: Output
  readonly clock: Clock
  readonly repeat: Repeat
}

const INTERVAL_MS = 250

/** Shorter reads show no progress. */
const DELAY_MS = 1_000

const ERASE_LINE = '\r\x1b[K'

/** Progress line with the seconds that a read has taken so far, erased when the read ends. Written to terminals only. */
export class Progress {
  constructor(private readonly options: ProgressOptions) {}

  /** Awaits the read, and shows the progress line while it lasts. */
  async during<T>(label: string, read: Promise<T>): Promise<T> {
    const { output, clock, repeat } = this.options
    if (!output.isTerminal) return read
    const start = clock().getTime()
    let isShown = false
    const stop = repeat(INTERVAL_MS, () => {
      const elapsedMs = clock().getTime() - start
      if (elapsedMs < DELAY_MS) return
      isShown = true
      output.write(`${ERASE_LINE}${label} … ${Math.floor(elapsedMs / 1000)} s`)
    })
    try {
      return await read
    } finally {
      stop()
      if (isShown) output.write(ERASE_LINE)
    }
  }
}
