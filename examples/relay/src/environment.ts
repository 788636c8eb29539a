import { Environment, type FetchFunction, type GraphQLResponse, Network, RecordSource, Store } from 'relay-runtime'

/** Relay environment for one GraphQL endpoint. Records are normalised by `id`, which is global in this graph. */
export function createEnvironment(url: string): Environment {
  const fetchQuery: FetchFunction = async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    })
    return (await response.json()) as GraphQLResponse
  }
  return new Environment({ network: Network.create(fetchQuery), store: new Store(new RecordSource()) })
}
