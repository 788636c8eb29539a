import { defineConfig } from '@graphql-hive/gateway'

/** Headers passed on to every subgraph: the caller's credential, the request id, which Hive generates if the caller sends none, trace and name. */
const PASSED = [
  'authorization',
  'x-request-id',
  'traceparent',
  'tracestate',
  'apollographql-client-name',
  'apollographql-client-version',
]

export const gatewayConfig = defineConfig({
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => Object.fromEntries(PASSED.map(name => [name, request.headers.get(name)])),
  },
  // Longer than the 60 s that Billgraph waits for Catalyst, so that Billgraph can still return partial data.
  upstreamTimeout: 65_000,
  // The landing page loads scripts from other hosts.
  landingPage: false,
})
