import { graphql } from './gql/index.js'

/** A page of the bills of both systems, newest month first. */
export const invoiceList = graphql(`
  query InvoiceList($first: Int!, $after: String, $filter: InvoiceFilter) {
    invoices(first: $first, after: $after, filter: $filter) {
      unavailable
      edges {
        node {
          id
          number
          source
          ledger
          state
          period {
            month
          }
          total {
            gross {
              amount
              currencyCode
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

/** The total of one invoice without tax. */
export const invoiceNet = graphql(`
  query InvoiceNet($id: ID!) {
    invoice(id: $id) {
      id
      total {
        net {
          amount
          currencyCode
        }
      }
    }
  }
`)

/** What one hosted customer's resources cost in a month. */
export const costOfCustomer = graphql(`
  query CostOfCustomer($prefix: String!, $month: YearMonth) {
    customerCost(prefix: $prefix, month: $month) {
      total {
        net {
          amount
          currencyCode
        }
      }
      lineItems {
        totalCount
        nodes {
          id
          name
          cost {
            net {
              amount
            }
          }
        }
      }
    }
  }
`)
