import { HeaderMap } from '@apollo/server'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { LIMITS } from '../../access/limit.js'
import { WrittenInputError } from '../../graph/errors/bad-input.js'
import { ErrorCode } from '../../graph/errors/error-code.js'
import type { Page } from './field-cost.js'
import type { Excess } from './limit-policy.js'

/** Bytes of the errors of a refused request together; a single error may be larger. */
const MAX_BYTES = 3_600
/** Added to each error later: the request id. */
const ID_BYTES = 150
const MAX_MESSAGE = 400
const MAX_LOCATIONS = 4

/** An operation that exceeds a limit. The message says what was counted and how much is allowed; it names no setting. */
export class QueryTooComplexError extends GraphQLError {
  constructor({ limit, allowed, measured }: Excess) {
    const amount = measured === null ? `more than ${allowed}` : `${measured}`
    super(
      `Too complex: ${amount} ${LIMITS[limit].counts} (limit: ${allowed}). Select less, or split it into several operations.`,
      { extensions: { code: ErrorCode.QUERY_TOO_COMPLEX, limit, allowed, measured, http: { status: 400 } } },
    )
    this.name = 'QueryTooComplexError'
  }
}

/** An operation that costs more than the caller has left for now. */
export class RateLimitedError extends GraphQLError {
  /** @param retryAfter seconds */
  constructor(cost: number, remaining: number, retryAfter: number) {
    const http = { status: 429, headers: new HeaderMap([['retry-after', String(retryAfter)]]) }
    const limit = 'RATE_LIMIT_COST_PER_MINUTE'
    super(`Rate limit exceeded: this operation costs ${cost}, ${remaining} left. Retry after ${retryAfter} s.`, {
      extensions: { code: ErrorCode.RATE_LIMITED, limit, cost, remaining, retryAfter, http },
    })
    this.name = 'RateLimitedError'
  }
}

/** The error for a page that is too long or negative, in the words of the resolvers' own check. */
export function createPageSizeError({ argument, size, isDefault }: Page, allowed: number): GraphQLError {
  const written = isDefault ? `${size} (the default)` : `${size}`
  const error = new WrittenInputError(argument, written, `a number from 0 to ${allowed}`)
  error.extensions.http = { status: 400 }
  return error
}

/** The errors of a refused request, the first ones as far as they fit, each shortened: large nonsense is not sent back. */
export function boundErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const kept: GraphQLFormattedError[] = []
  let bytes = 0
  for (const error of errors) {
    const short = shorten(error)
    bytes += Buffer.byteLength(JSON.stringify(short)) + ID_BYTES
    if (kept.length > 0 && bytes > MAX_BYTES) break
    kept.push(short)
  }
  return kept
}

/** A message of bounded length, for those that quote the request. */
export function shortenMessage(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE)}…`
}

function shorten(error: GraphQLFormattedError): GraphQLFormattedError {
  const locations = error.locations?.slice(0, MAX_LOCATIONS)
  return { ...error, message: shortenMessage(error.message), ...(locations && { locations }) }
}
