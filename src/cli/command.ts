import type { Loaders } from '../loaders/loaders.js'
import type { Clock } from '../request/clock.js'
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

/** What a command works with that asks no upstream. */
export interface LocalSession {
  /**
   * The path of the file of keys.
   *
   * @throws UsageError when none is configured
   */
  readonly keyFile: () => string
  readonly clock: Clock
  readonly stdout: Output
  readonly stderr: Output
}

/** What is left to do of such a command once the arguments are read. */
export type LocalRun = (session: LocalSession) => ExitCode

/** A word after the program's name for which no upstream need be configured. */
export interface LocalCommand {
  readonly name: string
  readonly summary: string
  readonly help: string
  /**
   * Reads the arguments; nothing is done yet.
   *
   * @throws UsageError
   */
  prepareLocal(args: readonly string[]): LocalRun
}
