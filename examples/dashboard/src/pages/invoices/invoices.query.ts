import { graphql } from '../../gql/gql.ts'

/** A page of the invoices of both systems. */
export const invoicesQuery = graphql(`
  query DashboardInvoices(
    $filter: InvoiceFilter
    $orderBy: InvoiceOrder!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    invoices(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      unavailable
      total {
        ledger
        currencyCode
        count
        net {
          amount
          currencyCode
        }
        tax {
          amount
          currencyCode
        }
        gross {
          amount
          currencyCode
        }
      }
      nodes {
        id
        source
        ledger
        state
        rawState
        number
        nativeId
        issuedOn
        dueOn
        asOf
        stale
        period {
          month
        }
        buyer {
          id
          name
          nativeId
        }
        total {
          taxBasis
          net {
            amount
            currencyCode
          }
          tax {
            amount
            currencyCode
          }
          gross {
            amount
            currencyCode
          }
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`)
