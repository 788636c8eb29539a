import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'

declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface Query {
        errorPolicy: 'all'
      }
      interface WatchQuery {
        errorPolicy: 'all'
      }
    }
  }
}

/** An Apollo Client for one GraphQL endpoint. Objects are normalised by `id`, which is global in this graph. */
export function createClient(uri: string): ApolloClient {
  const cache = new InMemoryCache({
    typePolicies: { Invoice: { fields: { lineItems: relayStylePagination() } } },
  })
  return new ApolloClient({
    cache,
    link: new HttpLink({ uri }),
    // Otherwise an error of one billing system would hide the complete data of the other.
    defaultOptions: { query: { errorPolicy: 'all' }, watchQuery: { errorPolicy: 'all' } },
  })
}
