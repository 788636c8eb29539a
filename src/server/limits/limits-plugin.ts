import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { DocumentNode } from 'graphql'
import { toPublicError } from '../../graph/errors/format-error.js'
import type { GraphqlContext } from '../graphql/graphql-context.js'
import { boundErrors, type QueryTooComplexError } from './limit-errors.js'
import type { OperationLimiter } from './operation-limiter.js'

/** Shared by all requests: an async function would make a promise for each. */
const DONE = Promise.resolve()

/** Apollo plugin that refuses operations over a limit, with one error each, before they are validated or run. */
export function limitsPlugin(limiter: OperationLimiter): ApolloServerPlugin<GraphqlContext> {
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
      // Apollo validates, caches and runs the document of the request, which its types call read-only.
      const writable = request as { document: DocumentNode }
      writable.document = limiter.admit(request.document)
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
