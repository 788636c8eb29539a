import { graphql } from '../gql/gql.ts'

/** The state of both billing systems, and writes that wait for a person. */
export const sourcesQuery = graphql(`
  query DashboardSources {
    sources {
      source
      reachable
      circuit
      lastSuccessAt
      message
    }
  }
`)
