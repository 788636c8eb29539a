import { graphql } from '../../gql/gql.ts'

/** The customers of the registry. */
export const customersQuery = graphql(`
  query DashboardCustomers {
    customers(first: 100) {
      totalCount
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
