import type { ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import { GraphQLError, type ValidationRule } from 'graphql'
import type { ServerSettings } from '../settings.js'
import { type CacheControlOptions, cacheControl } from './cache-control.js'
import type { GraphqlContext } from './graphql-context.js'
import type { PersistedQueryStore } from './persisted-query-store.js'
import { statusForJson } from './status-for-json.js'

/** What Apollo's options are made of. */
interface ApolloSettings extends CacheControlOptions {
  readonly settings: ServerSettings
  readonly store: PersistedQueryStore
}

/** In the extensions of the error for a query that needs introspection, for the log. */
export const INTROSPECTION_REFUSED = 'INTROSPECTION_REFUSED'

/** Apollo's options for GraphQL over HTTP. The plugins belong before those that complete a response's errors. */
export function apolloOptions({ settings, store, ...caching }: ApolloSettings) {
  const plugins: readonly ApolloServerPlugin<GraphqlContext>[] = [
    cacheControl(caching),
    statusForJson,
    ApolloServerPluginCacheControlDisabled(),
  ]
  const isRegisteringQueries = settings.hasPersistedQueries && settings.trustedDocuments?.mode !== 'enforce'
  return {
    // The rule below refuses it: Apollo's own tells the caller how to switch introspection on.
    introspection: true,
    validationRules: settings.hasIntrospection ? [] : [noIntrospection],
    persistedQueries: isRegisteringQueries ? { cache: store } : (false as const),
    plugins,
  }
}

const noIntrospection: ValidationRule = context => ({
  Field(node) {
    const name = node.name.value
    if (name !== '__schema' && name !== '__type') return
    const extensions = { validationErrorCode: INTROSPECTION_REFUSED }
    context.reportError(new GraphQLError('Introspection is off.', { nodes: node, extensions }))
  },
})
