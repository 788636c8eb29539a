import type { Loaders } from '../loaders/loaders.js'
import type { ExitCode } from './exit-code.js'
import type { Output } from './output.js'
import type { Progress } from './progress.js'

/** What a command works with, once the configuration is read. */
export interface Session {
  /** Made for this one command. */
  readonly loaders: Loaders
  /** True when the figures are the stand-ins'. */
  readonly isDemo: boolean
  readonly stdout: Output
  readonly stderr: Output
  readonly progress: Progress
}

/** What is left to do once the arguments are read. */
export type Run = (session: Session) => Promise<ExitCode>

/** One word after the program's name. */
export interface Command {
  readonly name: string
  /** Half a line, for the program's own help. */
  readonly summary: string
  readonly help: string
  /**
   * Reads the arguments; nothing is asked yet.
   *
   * @throws UsageError
   */
  prepare(args: readonly string[]): Run
}
