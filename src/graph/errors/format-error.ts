import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { ForbiddenError } from '../../access/rules.js'
import type { BillingSource } from '../../domain/source.js'
import { ListTooLongError } from '../../loaders/threescale/bounded-walk.js'
import { CallsSpentError } from '../../request/request-context.js'
import {
  UpstreamDeniedError,
  UpstreamError,
  UpstreamFormatError,
  UpstreamNotFoundError,
  UpstreamOverloadedError,
  UpstreamStatusError,
  UpstreamTimeoutError,
} from '../../upstream/http/errors.js'
import { JournalUnavailableError } from '../../writes/journal/sql.js'
import { BadInputError, WrittenInputError } from './bad-input.js'
import { ErrorCode } from './error-code.js'

/** The public part of an error, without its path. */
export interface PublicError {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>>
}

/** The message of a fault in the gateway. It does not tell the cause. */
export const INTERNAL_ERROR = 'Internal error of the gateway. The log has the details.'

/** The journal's own message can name a file. */
const JOURNAL_UNAVAILABLE: PublicError = {
  message: 'The journal of writes cannot be read now. Retry later.',
  extensions: { code: ErrorCode.UPSTREAM_UNAVAILABLE, retryable: true },
}

/** The suggestion at the end of messages of graphql-js. Apollo removes it from validation errors only. */
const SUGGESTION = / ?Did you mean [^?]+\?$/

/** Statuses that mean that the upstream is unavailable, rather than that the request is invalid. */
const UNWELL: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * The public part of any thrown value. The gateway's own errors have messages for callers. Anything else is an internal error, whose
 * message is only logged.
 */
export function toPublicError(error: unknown): PublicError {
  if (error instanceof ForbiddenError) return { message: error.message, extensions: { code: ErrorCode.FORBIDDEN } }
  if (error instanceof UpstreamError) return fromUpstream(error)
  if (error instanceof CallsSpentError) return fromLimit(error)
  if (error instanceof JournalUnavailableError) return JOURNAL_UNAVAILABLE
  if (error instanceof ListTooLongError) {
    return { message: error.message, extensions: { code: ErrorCode.QUERY_TOO_COMPLEX } }
  }
  if (error instanceof GraphQLError) {
    const code = error.extensions.code
    const isOurs = typeof code === 'string' && Object.hasOwn(ErrorCode, code)
    if (isOurs && code !== ErrorCode.INTERNAL_SERVER_ERROR) {
      return { message: error.message, extensions: { code, ...factsOf(error.extensions) } }
    }
  }
  return { message: INTERNAL_ERROR, extensions: { code: ErrorCode.INTERNAL_SERVER_ERROR } }
}

/** The distinct codes of errors as they are sent. */
export function distinctCodes(errors: readonly Pick<GraphQLFormattedError, 'extensions'>[]): readonly string[] {
  return [...new Set(errors.map(({ extensions }) => String(extensions?.code ?? ErrorCode.INTERNAL_SERVER_ERROR)))]
}

/** Apollo's `formatError` hook. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const thrown = unwrapResolverError(error)
  const mistake = toBadInput(thrown)
  const told = toPublicError(mistake ?? withCode(thrown, formatted))
  return { ...formatted, message: told.message, extensions: { ...told.extensions } }
}

/** Apollo's `formatError` hook without suggestions for misspelt names, which would disclose the schema. */
export function formatErrorDiscreetly(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const told = formatError(formatted, error)
  return { ...told, message: told.message.replace(SUGGESTION, '') }
}

/** The input error of a scalar, which validation wraps. */
function toBadInput(error: unknown): GraphQLError | null {
  for (let cause = error; cause instanceof Error; cause = (cause as GraphQLError).originalError) {
    if (cause instanceof BadInputError || cause instanceof WrittenInputError) return cause
  }
  return null
}

/** The error with the code that Apollo assigns to errors before execution, on the formatted copy only. */
function withCode(error: unknown, { extensions }: GraphQLFormattedError): unknown {
  if (!(error instanceof GraphQLError)) return error
  return new GraphQLError(error.message, { extensions: { ...error.extensions, code: extensions?.code } })
}

/** The machine-readable details of an error: the argument, or the limit and its values. */
function factsOf(extensions: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = ['argument', 'limit', 'allowed', 'measured', 'cost', 'remaining', 'retryAfter']
  return Object.fromEntries(names.flatMap(name => (extensions[name] == null ? [] : [[name, extensions[name]]])))
}

function fromLimit({ message, allowed }: CallsSpentError): PublicError {
  return { message, extensions: { code: ErrorCode.QUERY_TOO_COMPLEX, limit: 'LIMIT_UPSTREAM_CALLS', allowed } }
}

function fromUpstream(error: UpstreamError): PublicError {
  const upstream: BillingSource = error.upstream === 'threescale' ? 'THREESCALE' : 'CATALYST'
  const hasRetryAfter = error instanceof UpstreamStatusError || error instanceof UpstreamOverloadedError
  const retryAfter = hasRetryAfter ? error.retryAfter : undefined
  const extensions = {
    code: codeOf(error),
    upstream,
    retryable: error.retryable,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
  return { message: error.message, extensions }
}

function codeOf(error: UpstreamError): ErrorCode {
  if (error instanceof UpstreamTimeoutError) return ErrorCode.UPSTREAM_TIMEOUT
  if (error instanceof UpstreamFormatError) return ErrorCode.UPSTREAM_BAD_RESPONSE
  if (error instanceof UpstreamDeniedError) return ErrorCode.UPSTREAM_DENIED
  if (error instanceof UpstreamNotFoundError) return ErrorCode.NOT_FOUND
  if (error instanceof UpstreamOverloadedError) return ErrorCode.OVERLOADED
  if (error instanceof UpstreamStatusError && !UNWELL.has(error.status)) return ErrorCode.UPSTREAM_REJECTED
  return ErrorCode.UPSTREAM_UNAVAILABLE
}
