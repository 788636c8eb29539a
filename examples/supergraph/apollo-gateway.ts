import { randomUUID } from 'node:crypto'
import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled'
import { startStandaloneServer } from '@apollo/server/standalone'
import type { GraphQLFormattedError } from 'graphql'
import type { Running } from './running.ts'

/** Headers passed on to every subgraph. */
interface Passed {
  readonly authorization?: string | undefined
  readonly requestId: string
}

/** Longer than the 60 s that Billgraph waits for Catalyst, so that Billgraph can still return partial data. */
const SUBGRAPH_TIMEOUT_MS = 65_000

/** A subgraph as the gateway calls it. */
class Subgraph extends RemoteGraphQLDataSource<Passed> {
  override fetcher: RemoteGraphQLDataSource['fetcher'] = (url, init) =>
    fetch(url, { ...(init as RequestInit), signal: AbortSignal.timeout(SUBGRAPH_TIMEOUT_MS) })

  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Passed>): void {
    // Health checks, which are off here, have no incoming request.
    if (context.requestId) request.http?.headers.set('x-request-id', context.requestId)
    // Billgraph authorizes the caller itself: a router has no rights of its own.
    if (context.authorization) request.http?.headers.set('authorization', context.authorization)
  }
}

/** Starts Apollo's gateway for Node on loopback, on a free port. */
export async function startApolloGateway(supergraphSdl: string): Promise<Running> {
  // Read when the gateway is created. Without it the gateway reports usage to Apollo.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  const gateway = new ApolloGateway({ supergraphSdl, buildService: ({ url }) => new Subgraph({ url: url ?? '' }) })
  const server = new ApolloServer<Passed>({
    gateway,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: withoutResponse,
    plugins: [ApolloServerPluginUsageReportingDisabled()],
  })
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req: { headers } }) => ({
      authorization: headers.authorization,
      requestId: String(headers['x-request-id'] ?? randomUUID()),
    }),
  })
  return { url, [Symbol.asyncDispose]: () => server.stop() }
}

/** The gateway adds a subgraph's network address to an authentication error. Only its code is passed on. */
function withoutResponse({ extensions: { response: _, ...extensions } = {}, ...error }: GraphQLFormattedError) {
  return { ...error, extensions }
}
