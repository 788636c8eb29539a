import { graphql } from './gql'

/** The bills of both systems in one list, newest month first. */
export const invoices = graphql(`
  query Invoices($from: YearMonth, $first: Int = 10, $after: String) {
    invoices(first: $first, after: $after, filter: { from: $from }) {
      totalCount
      unavailable
      nodes {
        id
        source
        ledger
        state
        period {
          month
        }
        buyer {
          id
          name
        }
        total {
          net {
            amount
            currencyCode
          }
          gross {
            amount
          }
          taxBasis
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
