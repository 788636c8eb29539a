import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { possibleTypes, typePolicies } from './type-policies.js'

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

/** An Apollo Client for the gateway. */
export function createApolloClient(uri: string, headers: Readonly<Record<string, string>> = {}): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, headers }),
    cache: new InMemoryCache({ typePolicies, possibleTypes }),
    defaultOptions: {
      // Otherwise an error of one system would hide the complete data of the other.
      query: { errorPolicy: 'all' },
      watchQuery: { errorPolicy: 'all' },
    },
  })
}
