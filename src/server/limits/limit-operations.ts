import type { ApolloServerPlugin } from '@apollo/server'
import type { DocumentNode } from 'graphql'
import { toPublicError } from '../../graph/format-error.js'
import type { RequestContext } from '../error-report.js'
import type { QueryTooComplexError } from './excess.js'
import type { OperationLimiter } from './operation-limiter.js'

/**
 * Refuses operations that are too much, with one error each, before anything of them is validated or run.
 *
 * A document that is too much is put aside for an empty one: nothing reads it any further, and that it was refused is known
 * when it comes again.
 */
export function limitOperations(limiter: OperationLimiter): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async ({ contextValue }) => {
      let refusal: QueryTooComplexError | null = null
      return {
        parsingDidStart: async () => async error => {
          if (error) refusal = limiter.explainParseFailure(error, contextValue)
        },
        validationDidStart: async request => {
          const own = request as { document: DocumentNode }
          own.document = limiter.admit(request.document)
        },
        didResolveOperation: async ({ schema, document, operation, request }) => {
          limiter.checkDocument(document, contextValue)
          if (operation)
            limiter.charge({ schema, document, operation, variables: request.variables ?? {} }, contextValue)
        },
        willSendResponse: async ({ response: { body } }) => {
          if (refusal && body.kind === 'single') body.singleResult.errors = [{ ...toPublicError(refusal) }]
        },
      }
    },
  }
}
