import type { ApolloServerPlugin } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { ErrorCode } from '../../graph/errors/error-code.js'
import { distinctCodes, toPublicError } from '../../graph/errors/format-error.js'
import { describeFault } from '../../request/fault.js'
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
        for (const error of errors) logError(logger, unwrapResolverError(error), requestId)
      },
      willSendResponse: async ({ response, contextValue }) => {
        if (response.body.kind !== 'single') return
        const { failures, requestId, cachePolicy } = contextValue
        for (const cause of failures.causes()) logError(logger, cause, requestId)
        const { singleResult } = response.body
        const errors = [...(singleResult.errors ?? []), ...failures.errors()]
        if (errors.length === 0) return
        cachePolicy.report.codes = distinctCodes(errors)
        singleResult.errors = errors.map(error => ({ ...error, extensions: { ...error.extensions, requestId } }))
      },
    }),
  }
}

/**
 * Logs an error that is not the caller's: names along the chain of causes, not messages, which may hold addresses or text of an upstream.
 */
export function logError(logger: Logger, error: unknown, requestId: string): void {
  // The client has disconnected: that is no fault, and the response is not read.
  if (error !== undefined && error === requestSignal()?.reason) return
  if (error instanceof UpstreamError) {
    const { name, message, upstream, operation } = error
    logger.warn({ requestId, error: name, upstream, operation, causes: causesOf(error) }, message)
  } else if (toPublicError(error).extensions.code === ErrorCode.INTERNAL_SERVER_ERROR) {
    logger.error({ requestId, ...describeFault(error) }, 'unexpected error')
  }
}

function causesOf(error: Error): readonly string[] {
  const names: string[] = []
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : ''
    names.push(`${cause.name}${code}`)
  }
  return names
}
