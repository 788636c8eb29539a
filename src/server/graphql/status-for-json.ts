import type { ApolloServerPlugin, BaseContext } from '@apollo/server'
import { ErrorCode } from '../../graph/errors/error-code.js'

/** Codes of errors in the document or its variables; the HTTP request itself is well-formed. */
const DOCUMENT_ERRORS: ReadonlySet<unknown> = new Set([
  ErrorCode.GRAPHQL_PARSE_FAILED,
  ErrorCode.GRAPHQL_VALIDATION_FAILED,
  ErrorCode.OPERATION_RESOLUTION_FAILURE,
  ErrorCode.BAD_USER_INPUT,
])

/**
 * Apollo plugin that answers an invalid document with status 200 when the client accepts `application/json` but not
 * `application/graphql-response+json`: such a client takes any other status for a failed transport and ignores the errors.
 *
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export const statusForJson: ApolloServerPlugin<BaseContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response: { http, body } }) => {
      if (body.kind !== 'single' || body.singleResult.data !== undefined) return
      const errors = body.singleResult.errors ?? []
      const isDocumentError = errors.every(({ extensions }) => DOCUMENT_ERRORS.has(extensions?.code))
      if (isDocumentError && acceptsOnlyJson(request.http?.headers.get('accept'))) http.status = 200
    },
  }),
}

function acceptsOnlyJson(accept = ''): boolean {
  return accept.includes('application/json') && !acceptsGraphqlResponse(accept)
}

/** True for clients that accept GraphQL's own media type, whose responses may have a status other than 200. */
export function acceptsGraphqlResponse(accept = ''): boolean {
  return accept.includes('application/graphql-response+json')
}
