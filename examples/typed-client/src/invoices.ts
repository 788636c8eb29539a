import { graphql } from './gql/index.js'

/** The bills of both systems in one list, newest month first. */
export const invoices = graphql(`
  query Invoices($from: YearMonth, $to: YearMonth, $first: Int = 10, $after: String) {
    invoices(first: $first, after: $after, filter: { from: $from, to: $to }) {
      totalCount
      unavailable
      nodes {
        source
        ledger
        state
        period {
          month
        }
        buyer {
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
        lineItems {
          totalCount
          nodes {
            name
            cost {
              net {
                amount
              }
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
