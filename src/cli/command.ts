import type { ExitCode } from './exit-code.js'
import type { Terminal } from './terminal.js'

/** Runs a command whose arguments were read. */
export type Run = (terminal: Terminal) => ExitCode | Promise<ExitCode>

/** A subcommand of `billgraph`. */
export interface Command {
  /** The first argument of the program. */
  readonly name: string
  /** One phrase for the program's own help. */
  readonly summary: string
  /** The text that `--help` prints. */
  readonly help: string
  /**
   * Reads the arguments. Sends no request and changes no file.
   *
   * @throws UsageError for arguments that the command does not take
   */
  prepare(args: readonly string[]): Run
}
