import type { FastifyReply } from 'fastify'
import { ExportInputError, ExportNotFoundError } from '../../export/export-parameters.js'
import { BadInputError, NotFoundError } from '../../graph/errors/bad-input.js'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { toPublicError } from '../../graph/errors/format-error.js'
import { refuse } from '../http/refusal.js'

/** Statuses by code. Any other code is 502, since only upstreams have more. */
const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  [ErrorCode.BAD_USER_INPUT]: 400,
  [ErrorCode.QUERY_TOO_COMPLEX]: 400,
  [ErrorCode.FORBIDDEN]: 403,
  [ErrorCode.NOT_FOUND]: 404,
  [ErrorCode.RATE_LIMITED]: 429,
  [ErrorCode.INTERNAL_SERVER_ERROR]: 500,
  [ErrorCode.OVERLOADED]: 503,
  [ErrorCode.UPSTREAM_TIMEOUT]: 504,
}

/** Refuses an export that has not begun, with the error's code and a status that fits it. */
export function refuseExport(reply: FastifyReply, error: unknown): FastifyReply {
  const { message, extensions } = toPublicError(toGraphError(error))
  const { code, ...details } = extensions as { readonly code: ErrorCode; readonly retryAfter?: number }
  if (details.retryAfter !== undefined) reply.header('retry-after', details.retryAfter)
  return refuse(reply, STATUSES[code] ?? 502, code, message, details)
}

/** The code of an error of an export. */
export function codeOf(error: unknown): ErrorCode {
  return toPublicError(toGraphError(error)).extensions.code as ErrorCode
}

/** The error as a GraphQL operation would have it. */
export function toGraphError(error: unknown): unknown {
  if (!(error instanceof ExportInputError)) return error
  const GraphError = error instanceof ExportNotFoundError ? NotFoundError : BadInputError
  return new GraphError(error.parameter, error.value, error.expected)
}
