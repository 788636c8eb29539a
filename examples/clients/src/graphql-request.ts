import { GraphQLClient } from 'graphql-request'

/** A client without a cache, for scripts and servers. */
export function createRequestClient(url: string, headers: Readonly<Record<string, string>> = {}): GraphQLClient {
  // Data that comes with errors is returned too: see `rawRequest`.
  return new GraphQLClient(url, { headers, errorPolicy: 'all' })
}
