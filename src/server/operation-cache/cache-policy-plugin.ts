import type { ApolloServerPlugin } from '@apollo/server'
import { ONE_TIME_FIELDS } from '../../graph/schema/one-time-fields.js'
import { rootFieldsOf } from '../graphql/root-fields.js'
import type { GraphqlContext } from '../observability/error-report.js'

/** Notes of each operation that is about to run whether others may have its answer. */
export function noteCachePolicy(): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      executionDidStart: async ({ operation, document, contextValue: { sharing, rateLimit } }) => {
        // Missing where the document has no operation of the name, whatever the types say.
        if (operation?.operation !== 'query') return
        const isForOthers = rootFieldsOf(operation, document).isDisjointFrom(ONE_TIME_FIELDS)
        if (isForOthers) sharing.allow(rateLimit?.cost ?? 0)
      },
    }),
  }
}
