/** A decoded answer and when it came. */
export interface Answered<T> {
  readonly answer: T
  /** RFC 3339, UTC. */
  readonly asOf: string
}

/** How long a question may take that only asks whether anybody is there. */
export const PING_DEADLINE_MS = 3_000
