import { graphql } from '../../gql/gql.ts'

/** The customers of the registry. */
export const customersQuery = graphql(`
  query DashboardCustomers($after: String) {
    customers(first: 100, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        key
        name
        prefix
        claims {
          prefix
          match
          projectId
          from
          until
        }
        buyers {
          id
          name
          nativeId
        }
      }
    }
  }
`)
