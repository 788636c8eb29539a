/** One of the two streams that a program writes to. */
export interface Output {
  /** True when people watch it, false for a file or a pipe. */
  readonly isTerminal: boolean
  write(text: string): void
}
