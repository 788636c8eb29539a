/** The state of a caller's rate limit, in query cost. */
export interface RateLimitState {
  /** The maximum that can remain. */
  readonly limit: number
  /** The cost of the current operation. */
  readonly cost: number
  /** What remains after the current operation. */
  readonly remaining: number
  /** When the full limit is available again; RFC 3339, UTC. */
  readonly resetAt: string
}
