/** What the program's exit status says. */
export const EXIT = {
  /** All that was asked for has been printed. */
  ok: 0,
  /** The upstreams answered, and have nothing of the kind. */
  nothing: 1,
  /** The arguments or the configuration are wrong; nothing was asked. */
  usage: 2,
  /** An upstream did not answer: what was printed, if anything, is incomplete. */
  upstream: 3,
  /** The program itself is wrong. */
  internal: 70,
} as const

/** One of them. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
