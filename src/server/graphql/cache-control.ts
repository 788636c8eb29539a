import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server'
import type { GraphQLSchema } from 'graphql'
import { type CacheHints, readCacheHints } from '../../graph/schema/cache-hints.js'
import { ONE_TIME_FIELDS } from '../../graph/schema/one-time-fields.js'
import type { Clock } from '../../request/clock.js'
import { NO_STORE } from '../http/refusal.js'
import type { GraphqlContext } from './graphql-context.js'
import { rootFieldNames } from './merged-fields.js'

/** The headers that a cacheable response depends on: the credential (a cookie behind a proxy with a login) and the media type. */
const VARY = 'authorization, x-api-key, x-auth-token, cookie, accept'

/** What the plugin goes by. */
export interface CacheControlOptions {
  readonly schema: GraphQLSchema
  readonly clock: Clock
  /** False keeps every response out of the operation cache. */
  readonly isCaching: boolean
}

/**
 * Apollo plugin that sets the cache policy of each operation and the `cache-control` header of each response. A browser may keep a
 * complete response to a query for the least of its root fields' hints, as long as its data is fresh. Shared caches may keep none:
 * what one caller may see another may not.
 *
 * Apollo's own plugin visits every field of every response; this one only the operation.
 */
export function cacheControl({ schema, clock, isCaching }: CacheControlOptions): ApolloServerPlugin<GraphqlContext> {
  const hints = readCacheHints(schema)
  return {
    requestDidStart: async () => ({
      executionDidStart: async ({ operation, document, contextValue: { cachePolicy, rateLimit } }) => {
        // Undefined when the document has no operation of that name, despite its type.
        if (!isCaching || operation?.operation !== 'query') return
        const isRepeatable = rootFieldNames(schema, document, operation).isDisjointFrom(ONE_TIME_FIELDS)
        if (isRepeatable) cachePolicy.cost = rateLimit?.cost ?? 0
      },
      willSendResponse: async context => {
        const { cachePolicy } = context.contextValue
        cachePolicy.isComplete = isComplete(context)
        const hinted = cachePolicy.isComplete ? maxAgeOf(context, hints) : 0
        const seconds = Math.min(hinted, cachePolicy.freshness.secondsLeft(clock()))
        cachePolicy.maxAgeSeconds = seconds
        for (const [name, value] of lifetimeHeaders(seconds)) context.response.http.headers.set(name, value)
      },
    }),
  }
}

/** The headers that let a browser keep a response. */
export function lifetimeHeaders(seconds: number): readonly (readonly [name: string, value: string])[] {
  if (seconds <= 0) return [['cache-control', NO_STORE]]
  return [
    ['cache-control', `private, max-age=${seconds}`],
    ['vary', VARY],
  ]
}

type ResponseContext = GraphQLRequestContextWillSendResponse<GraphqlContext>

function isComplete({ response: { body }, contextValue: { failures } }: ResponseContext): boolean {
  return body.kind === 'single' && !body.singleResult.errors?.length && failures.errors().length === 0
}

/** Seconds. */
function maxAgeOf({ operation, document, schema }: ResponseContext, hints: CacheHints): number {
  if (operation?.operation !== 'query' || !document) return 0
  const fields = [...rootFieldNames(schema, document, operation)].filter(name => name !== '__typename')
  return fields.length === 0 ? 0 : Math.min(...fields.map(name => hints.get(name) ?? 0))
}
