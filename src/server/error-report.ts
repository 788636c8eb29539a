import type { ApolloServerPlugin } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import type { Logger } from 'pino'
import type { Context } from '../graph/context.js'
import { UpstreamError } from '../upstream/errors.js'

/** What one request is served with. */
export interface RequestContext extends Context {
  readonly requestId: string
}

/**
 * Completes each answer's errors with what was left out of lists and with the request's id, and logs what went wrong.
 */
export function errorReport(logger: Logger): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) => {
        for (const error of errors) log(logger, unwrapResolverError(error), contextValue.requestId)
      },
      willSendResponse: async ({ response, contextValue }) => {
        if (response.body.kind !== 'single') return
        const { failures, requestId } = contextValue
        for (const cause of failures.causes()) log(logger, cause, requestId)
        const { singleResult } = response.body
        const errors = [...(singleResult.errors ?? []), ...failures.errors()]
        if (errors.length === 0) return
        singleResult.errors = errors.map(error => ({ ...error, extensions: { ...error.extensions, requestId } }))
      },
    }),
  }
}

/** The names along the chain of causes: their texts may hold addresses or what an upstream wrote. */
function log(logger: Logger, error: unknown, requestId: string): void {
  if (error instanceof UpstreamError) {
    const { name, message, upstream, operation } = error
    logger.warn({ requestId, error: name, upstream, operation, causes: causesOf(error) }, message)
  } else if (error instanceof Error && error.name !== 'GraphQLError' && error.name !== 'BadInputError') {
    logger.error({ requestId, error: error.name, stack: error.stack }, 'unexpected error')
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
