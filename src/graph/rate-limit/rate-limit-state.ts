/** How a caller stands with what he may ask for. */
export interface RateLimitState {
  /** The most that he may have left. */
  readonly limit: number
  /** Of the operation that is being answered. */
  readonly cost: number
  /** After that operation. */
  readonly remaining: number
  /** When all of the limit is there again (RFC 3339, UTC). */
  readonly resetAt: string
}
