import type { ApolloServerPlugin } from '@apollo/server'
import type { GraphQLSchema } from 'graphql'
import type { GraphqlContext } from '../graphql/graphql-context.js'
import type { GraphqlHandler } from '../graphql/handler.js'
import type { ResponseObserver } from './request-log.js'

/** Records requests as traces. */
export interface Tracer {
  /** The handler, in a span of its own where the request is recorded. */
  trace(handler: GraphqlHandler): GraphqlHandler
  /** Ends the span of a request. */
  readonly observeResponse: ResponseObserver
  /** Records the operation. */
  readonly plugin: ApolloServerPlugin<GraphqlContext>
  /** Makes the resolvers of a schema record what they ask for. The schema is changed. */
  instrument(schema: GraphQLSchema): void
  /** Sends what is recorded, within two seconds, and ends. */
  close(): Promise<void>
}
