import { defineConfig } from '@graphql-hive/gateway'

/** What goes on to every subgraph: who asks, whose rights Billgraph knows; the request's id Hive makes up where there is none. */
const PASSED = ['authorization', 'x-request-id']

export const gatewayConfig = defineConfig({
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => Object.fromEntries(PASSED.map(name => [name, request.headers.get(name)])),
  },
  // Billgraph waits up to 60 s for Catalyst, and then tells what it has: whoever gives up before gets nothing.
  upstreamTimeout: 65_000,
  // A page that loads scripts from elsewhere.
  landingPage: false,
})
