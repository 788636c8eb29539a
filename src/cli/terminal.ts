import type { Clock } from '../request/clock.js'

/** One of the two streams that a program writes to. */
export interface Output {
  /** True when the stream is shown to people, false for a file or a pipe. */
  readonly isTerminal: boolean
  write(text: string): void
  /** Resolves when the stream can take more; absent for a stream that always can. */
  drained?(): Promise<void>
}

/** Calls `call` every `intervalMs` milliseconds until the returned function is called. */
export type Repeat = (intervalMs: number, call: () => void) => () => void

/** Everything that a command gets from its process. */
export interface Terminal {
  /** The environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Returns the text of a file. Throws the error of `node:fs` when the file cannot be read. */
  readonly readFile: (path: string) => string
  readonly stdout: Output
  readonly stderr: Output
  readonly clock: Clock
  readonly repeat: Repeat
  /** The program's version, such as `1.2.3`. */
  readonly version: () => string
}
