import { END_NOT_AFTER_START, MISSING_END, MISSING_START, RatingError } from './errors.js'
import { type Instant, parseInstant } from './time.js'

/** What `start` and `end` of a query mean to the server. */
export interface InvoiceRange {
  readonly start: Instant
  /** Now when absent, empty or in the future. */
  readonly end: Instant
}

/**
 * Reads `start` and `end`.
 *
 * @throws RatingError when `start` is absent, one of them unreadable, or `end` not after `start`
 */
export function readRange(query: URLSearchParams, now: Date): InvoiceRange {
  const startText = query.get('start')
  if (startText === null) throw new RatingError(400, MISSING_START)
  const endText = query.get('end')
  const start = parseInstant(startText)
  const end = endText ? parseInstant(endText) : now
  // The servers blame `end` for a bad `start` as well.
  if (!start || !end) throw new RatingError(400, MISSING_END)
  const cut: Instant = !endText || end > now ? { date: now, isNow: true } : { date: end, isNow: false }
  if (cut.date <= start) throw new RatingError(400, END_NOT_AFTER_START)
  return { start: { date: start, isNow: false }, end: cut }
}
