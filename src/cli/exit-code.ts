/** The program's exit statuses. */
export const EXIT = {
  /** Everything requested was printed. */
  ok: 0,
  /** The upstreams answered, and nothing matched. */
  nothing: 1,
  /** The arguments or the configuration are wrong. No request was sent. */
  usage: 2,
  /** An upstream failed: what was printed, if anything, is incomplete. */
  upstream: 3,
  /** A bug in the program. */
  internal: 70,
} as const

/** An exit status of the program. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
