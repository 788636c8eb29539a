import { graphql } from '../../gql/gql.ts'

/** One invoice with its parties and payments. */
export const invoiceQuery = graphql(`
  query DashboardInvoice($id: ID!) {
    invoice(id: $id) {
      id
      source
      ledger
      state
      rawState
      number
      nativeId
      issuedOn
      dueOn
      paidAt
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
      provider {
        id
        name
      }
      total {
        taxBasis
        taxRate
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
      notices {
        code
        message
      }
      payments {
        id
        createdAt
        success
        action
        message
        reference
        amount {
          amount
          currencyCode
        }
      }
    }
  }
`)

/** A page of the lines of an invoice. */
export const invoiceLinesQuery = graphql(`
  query DashboardInvoiceLines($id: ID!, $after: String) {
    invoice(id: $id) {
      id
      asOf
      stale
      lineItems(first: 100, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
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
        nodes {
          ...DashboardLine
        }
      }
      byCategory: breakdown(by: CATEGORY) {
        ...DashboardShare
      }
      byType: breakdown(by: TYPE) {
        ...DashboardShare
      }
    }
  }
`)
