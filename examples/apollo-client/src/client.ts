import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'

/** An Apollo Client for one GraphQL endpoint. Objects are normalised by `id`, which is global in this graph. */
export function createClient(uri: string): ApolloClient {
  const cache = new InMemoryCache({
    typePolicies: { Invoice: { fields: { lineItems: relayStylePagination() } } },
  })
  return new ApolloClient({ cache, link: new HttpLink({ uri }) })
}
