import { ApolloClient, ApolloLink, type FieldFunctionOptions, HttpLink, InMemoryCache } from '@apollo/client'
import { ErrorLink } from '@apollo/client/link/error'
import { isUnauthenticated } from './problems.ts'

/** The gateway that serves this page. */
const ENDPOINT = '/graphql'

/** The headers of a caller with this credential; none without one. */
export function authorization(credential: string | null): Readonly<Record<string, string>> {
  return credential === null ? {} : { authorization: `Bearer ${credential}` }
}

/**
 * An Apollo client for one credential. Another credential takes a new client, so that no cached figure is shown to another caller.
 *
 * @param credential an API key or access token; null on a gateway without authentication
 * @param refused is called when the gateway asks for a credential, or refuses this one
 */
export function createClient(credential: string | null, refused: () => void): ApolloClient {
  const http = new HttpLink({ uri: ENDPOINT, headers: authorization(credential), credentials: 'same-origin' })
  const watch = new ErrorLink(({ error }) => {
    if (isUnauthenticated(error as Error)) refused()
  })
  return new ApolloClient({
    link: ApolloLink.from([watch, http]),
    cache: new InMemoryCache({
      possibleTypes: {
        Node: ['Buyer', 'Contract', 'Customer', 'Invoice', 'LineItem', 'Metric', 'Payment', 'Provider'],
      },
      typePolicies: {
        // These have no id: their fields belong to the object that has them.
        TaxedMoney: { merge: true },
        Period: { merge: true },
        Query: { fields: { customers: { keyArgs: false, merge: addRows } } },
      },
    }),
  })
}

interface Rows {
  readonly nodes: readonly unknown[]
}

/** Adds a further page to those before. Apollo's own `relayStylePagination` adds up `edges` only. */
function addRows(before: Rows | undefined, page: Rows, { args }: FieldFunctionOptions): Rows {
  return args?.after && before ? { ...page, nodes: [...before.nodes, ...page.nodes] } : page
}
