import { END_NOT_AFTER_START, MISSING_END, MISSING_START, RatingError } from './errors.js'
import { type Instant, parseInstant } from './time.js'

/** `start` and `end` of a query as the server interprets them. */
export interface InvoiceRange {
  readonly start: Instant
  /** Now if missing, empty or in the future. */
  readonly end: Instant
}

/**
 * Parses `start` and `end`.
 *
 * @throws RatingError when `start` is missing, one of them is invalid, or `end` is not after `start`
 */
export function readRange(query: URLSearchParams, now: Date): InvoiceRange {
  const startText = query.get('start')
  if (startText === null) throw new RatingError(400, MISSING_START)
  const endText = query.get('end')
  const start = parseInstant(startText)
  const end = endText ? parseInstant(endText) : now
  // The servers' message names `end` for an invalid `start` too.
  if (!start || !end) throw new RatingError(400, MISSING_END)
  const cut: Instant = !endText || end > now ? { date: now, isNow: true } : { date: end, isNow: false }
  if (cut.date <= start) throw new RatingError(400, END_NOT_AFTER_START)
  return { start: { date: start, isNow: false }, end: cut }
}
