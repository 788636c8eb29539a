import { graphql } from '../../gql/gql.ts'

/** What has to be settled before a month is closed. */
export const closeQuery = graphql(`
  query DashboardClose($month: YearMonth!) {
    costAllocation(month: $month) {
      asOf
      stale
      basis
      buyer {
        id
        name
        nativeId
      }
      unallocated {
        taxBasis
        net {
          amount
          currencyCode
        }
      }
      pools {
        name
        policy
        cost {
          amount
          currencyCode
        }
      }
    }
    costs: invoices(first: 20, filter: { ledger: COST, from: $month, to: $month }) {
      totalCount
      unavailable
      nodes {
        id
        asOf
        stale
      }
    }
    revenues: invoices(first: 100, filter: { ledger: REVENUE, from: $month, to: $month }) {
      totalCount
      unavailable
      nodes {
        id
        asOf
        stale
      }
    }
    notIssued: invoices(first: 100, filter: { ledger: REVENUE, states: [OPEN, FINALIZED], from: $month, to: $month }) {
      ...DashboardOpenInvoices
    }
    notPaid: invoices(
      first: 100
      filter: { ledger: REVENUE, states: [PENDING, UNPAID, FAILED, UNKNOWN], from: $month, to: $month }
    ) {
      ...DashboardOpenInvoices
    }
    incidents {
      key
      operation
      message
    }
  }
`)

/** Invoices that keep a month from being closed. */
export const openInvoicesFragment = graphql(`
  fragment DashboardOpenInvoices on InvoiceConnection {
    totalCount
    total {
      ledger
      currencyCode
      net {
        amount
        currencyCode
      }
    }
    nodes {
      id
      number
      asOf
      stale
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
      }
    }
  }
`)
