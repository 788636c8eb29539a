import { graphql } from './gql/index.js'

/** How each billing system stands: one row for each that the gateway is configured for. */
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
