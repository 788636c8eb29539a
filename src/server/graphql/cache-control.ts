import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server'
import type { GraphQLSchema } from 'graphql'
import { type CacheHints, readCacheHints } from '../../graph/schema/cache-hints.js'
import type { Clock } from '../../request/clock.js'
import { NO_STORE } from '../http/common-headers.js'
import type { GraphqlContext } from '../observability/error-report.js'
import { rootFieldsOf } from './root-fields.js'

/** What an answer with a lifetime depends on besides its address: who asks (by a cookie where a proxy signs people in), and in which media type. */
const VARY = 'authorization, x-api-key, x-auth-token, cookie, accept'

/**
 * Says how long a browser may keep an answer: as long as the least of its root fields' hints and as what it was made of is fresh,
 * and no other cache, since what one caller may see another may not. An answer with errors is not kept, nor one that is incomplete, nor a mutation's.
 *
 * Apollo's own plugin of that purpose looks at every field of every answer; this one at the operation.
 */
export function cacheControl(schema: GraphQLSchema, clock: Clock): ApolloServerPlugin<GraphqlContext> {
  const hints = readCacheHints(schema)
  return {
    requestDidStart: async () => ({
      willSendResponse: async context => {
        const { sharing } = context.contextValue
        sharing.isWhole = isWhole(context)
        const hinted = sharing.isWhole ? lifetimeOf(context, hints) : 0
        const seconds = Math.min(hinted, sharing.freshness.secondsLeft(clock()))
        sharing.maxAgeSeconds = seconds
        for (const [name, value] of lifetimeHeaders(seconds)) context.response.http.headers.set(name, value)
      },
    }),
  }
}

/** What says so. */
export function lifetimeHeaders(seconds: number): readonly (readonly [name: string, value: string])[] {
  if (seconds <= 0) return [['cache-control', NO_STORE]]
  return [
    ['cache-control', `private, max-age=${seconds}`],
    ['vary', VARY],
  ]
}

type Fetched = GraphQLRequestContextWillSendResponse<GraphqlContext>

function isWhole({ response: { body }, contextValue: { failures } }: Fetched): boolean {
  return body.kind === 'single' && !body.singleResult.errors?.length && failures.errors().length === 0
}

function lifetimeOf({ operation, document }: Fetched, hints: CacheHints): number {
  if (operation?.operation !== 'query' || !document) return 0
  const fields = [...rootFieldsOf(operation, document)].filter(name => name !== '__typename')
  return fields.length === 0 ? 0 : Math.min(...fields.map(name => hints.get(name) ?? 0))
}
