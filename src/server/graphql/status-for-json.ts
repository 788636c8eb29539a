import type { ApolloServerPlugin, BaseContext } from '@apollo/server'
import { ErrorCode } from '../../graph/errors/error-code.js'

/** What is wrong with a document or its variables, in a request that is right as such. */
const OF_THE_DOCUMENT: ReadonlySet<unknown> = new Set([
  ErrorCode.GRAPHQL_PARSE_FAILED,
  ErrorCode.GRAPHQL_VALIDATION_FAILED,
  ErrorCode.OPERATION_RESOLUTION_FAILURE,
  ErrorCode.BAD_USER_INPUT,
])

/**
 * Answers 200 to a document with mistakes where the caller names `application/json` and not `application/graphql-response+json`: such
 * a client takes any other status for a failed transport, and does not read the errors.
 *
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export const statusForJson: ApolloServerPlugin<BaseContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response: { http, body } }) => {
      if (body.kind !== 'single' || body.singleResult.data !== undefined) return
      const errors = body.singleResult.errors ?? []
      const isOfTheDocument = errors.every(({ extensions }) => OF_THE_DOCUMENT.has(extensions?.code))
      if (isOfTheDocument && namesJsonAlone(request.http?.headers.get('accept'))) http.status = 200
    },
  }),
}

function namesJsonAlone(accept = ''): boolean {
  return accept.includes('application/json') && !acceptsGraphqlResponse(accept)
}

/** True for callers that name GraphQL's own media type, in which a status other than 200 can be told. */
export function acceptsGraphqlResponse(accept = ''): boolean {
  return accept.includes('application/graphql-response+json')
}
