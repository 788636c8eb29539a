import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { DocumentNode } from 'graphql'
import { toPublicError } from '../../graph/errors/format-error.js'
import type { GraphqlContext } from '../observability/error-report.js'
import { boundErrors } from './bound-errors.js'
import type { QueryTooComplexError } from './limit-errors.js'
import type { OperationLimiter } from './operation-limiter.js'

/** What every operation waits for is made once, here and below. */
const DONE = Promise.resolve()

/**
 * Refuses operations that are too much, with one error each, before anything of them is validated or run.
 *
 * A document that is too much is put aside for an empty one: nothing reads it any further, and that it was refused is known
 * when it comes again.
 */
export function limitOperations(limiter: OperationLimiter): ApolloServerPlugin<GraphqlContext> {
  const listener = Promise.resolve(createListener(limiter))
  return { requestDidStart: () => listener }
}

function createListener(limiter: OperationLimiter): GraphQLRequestListener<GraphqlContext> {
  /** Requests whose documents the parser gave up on. */
  const refusals = new WeakMap<GraphqlContext, QueryTooComplexError>()
  return {
    parsingDidStart: async ({ contextValue }) => {
      return async error => {
        const refusal = error && limiter.explainParseFailure(error, contextValue)
        if (refusal) refusals.set(contextValue, refusal)
      }
    },
    validationDidStart: async request => {
      const own = request as { document: DocumentNode }
      own.document = limiter.admit(request.document)
    },
    didResolveOperation: ({ schema, document, operation, request, contextValue }) => {
      try {
        limiter.checkDocument(document, contextValue)
        if (operation) limiter.charge({ schema, document, operation, variables: request.variables ?? {} }, contextValue)
        return DONE
      } catch (error) {
        return Promise.reject(error)
      }
    },
    willSendResponse: ({ response: { body }, contextValue }) => {
      if (body.kind !== 'single' || body.singleResult.data !== undefined) return DONE
      const refusal = refusals.get(contextValue)
      const errors = refusal ? [toPublicError(refusal)] : (body.singleResult.errors ?? [])
      body.singleResult.errors = boundErrors(errors)
      return DONE
    },
  }
}
