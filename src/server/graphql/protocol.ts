import type { ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import type { FastifyInstance } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Clock } from '../../request/clock.js'
import { compressAnswers } from '../http/compression.js'
import { allowOrigins } from '../http/cors.js'
import type { GraphqlContext } from '../observability/error-report.js'
import type { ServerSettings } from '../settings.js'
import { cacheControl } from './cache-control.js'
import type { PersistedQueryStore } from './persisted-query-store.js'
import { statusForJson } from './status-for-json.js'

/** What Apollo is told of GraphQL over HTTP; its plugins come before those that complete an answer's errors. */
export function speakGraphql(
  schema: GraphQLSchema,
  settings: ServerSettings,
  store: PersistedQueryStore,
  clock: Clock,
) {
  const plugins: readonly ApolloServerPlugin<GraphqlContext>[] = [
    cacheControl(schema, clock),
    statusForJson,
    ApolloServerPluginCacheControlDisabled(),
  ]
  return {
    introspection: settings.hasIntrospection,
    // Where only trusted documents are answered, nobody leaves others.
    persistedQueries:
      settings.hasPersistedQueries && settings.trustedDocuments?.mode !== 'enforce'
        ? { cache: store }
        : (false as const),
    plugins,
  }
}

/** What holds for all answers of the routes that are added from now on. */
export async function speakHttp(http: FastifyInstance, { cors, hasCompression }: ServerSettings): Promise<void> {
  if (cors) await allowOrigins(http, cors)
  if (hasCompression) await compressAnswers(http)
}
