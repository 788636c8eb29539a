import { graphql } from './gql/index.js'

/** Status of each billing system that the gateway is configured for. */
export const sources = graphql(`
  query Sources {
    sources {
      source
      reachable
      circuit
      lastSuccessAt
      message
    }
  }
`)
