import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { DocumentNode } from 'graphql'
import { toPublicError } from '../../graph/format-error.js'
import type { RequestContext } from '../error-report.js'
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
      const listener: GraphQLRequestListener<RequestContext> = {
        parsingDidStart: async () => async error => {
          const refusal = error && limiter.explainParseFailure(error, contextValue)
          if (!refusal) return
          // Added only now: every operation would wait for it otherwise.
          listener.willSendResponse = async ({ response: { body } }) => {
            if (body.kind === 'single') body.singleResult.errors = [{ ...toPublicError(refusal) }]
          }
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
      }
      return listener
    },
  }
}
