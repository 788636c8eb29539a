import type { ApolloServerPlugin } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { distinctCodes, toPublicError } from '../../graph/errors/format-error.js'
import { requestSignal } from '../../request/request-context.js'
import { UpstreamError } from '../../upstream/http/errors.js'
import { INTROSPECTION_REFUSED } from '../graphql/apollo-options.js'
import type { GraphqlContext } from '../graphql/graphql-context.js'

/** Apollo plugin that adds partial failures and the request id to a response's errors, and logs what went wrong. */
export function errorReport(logger: Logger): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, schema, contextValue: { cachePolicy } }) => {
        if (!operation) return
        cachePolicy.report.name = operation.name?.value ?? null
        cachePolicy.report.type = operation.operation
        if (schema.getRootType(operation.operation)) return
        const extensions = { code: ErrorCode.OPERATION_RESOLUTION_FAILURE, http: { status: 400 } }
        throw new GraphQLError(`This graph has no ${operation.operation}.`, { nodes: operation, extensions })
      },
      didEncounterErrors: async ({ errors, contextValue: { requestId } }) => {
        if (errors.some(({ extensions }) => extensions.validationErrorCode === INTROSPECTION_REFUSED)) {
          logger.info(
            { requestId },
            'introspection is off: a query for the schema was refused (INTROSPECTION=on allows it)',
          )
        }
        for (const error of errors) log(logger, unwrapResolverError(error), requestId)
      },
      willSendResponse: async ({ response, contextValue }) => {
        if (response.body.kind !== 'single') return
        const { failures, requestId, cachePolicy } = contextValue
        for (const cause of failures.causes()) log(logger, cause, requestId)
        const { singleResult } = response.body
        const errors = [...(singleResult.errors ?? []), ...failures.errors()]
        if (errors.length === 0) return
        cachePolicy.report.codes = distinctCodes(errors)
        singleResult.errors = errors.map(error => ({ ...error, extensions: { ...error.extensions, requestId } }))
      },
    }),
  }
}

/** Logs names along the chain of causes, not messages: those may hold addresses or text of an upstream. */
function log(logger: Logger, error: unknown, requestId: string): void {
  // The client has disconnected: that is no fault, and the response is not read.
  if (error !== undefined && error === requestSignal()?.reason) return
  if (error instanceof UpstreamError) {
    const { name, message, upstream, operation } = error
    logger.warn({ requestId, error: name, upstream, operation, causes: causesOf(error) }, message)
  } else if (toPublicError(error).extensions.code === ErrorCode.INTERNAL_SERVER_ERROR) {
    logger.error({ requestId, ...describeFault(error) }, 'unexpected error')
  }
}

/** An error's name and stack frames, without its message: that may hold what a caller sent or a library quoted. */
export function describeFault(error: unknown): { readonly error: string; readonly at: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] }
  const frames = (error.stack ?? '').split('\n').filter(line => /^ {4}at /.test(line))
  return { error: error.name, at: frames.map(line => line.trim()) }
}

function causesOf(error: Error): readonly string[] {
  const names: string[] = []
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : ''
    names.push(`${cause.name}${code}`)
  }
  return names
}
