import { graphql } from '../../gql/gql.ts'

/** Cost and revenue of a month, what is not issued or paid, and the cost of the last months. */
export const overviewQuery = graphql(`
  query DashboardOverview($month: YearMonth!, $from: YearMonth!) {
    costs: invoices(first: 20, filter: { ledger: COST, from: $month, to: $month }) {
      totalCount
      total {
        net {
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
        asOf
        stale
        buyer {
          id
        }
        notices {
          code
          message
        }
      }
    }
    revenues: invoices(first: 100, filter: { ledger: REVENUE, from: $month, to: $month }) {
      totalCount
      total {
        net {
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
        asOf
        stale
      }
    }
    notIssued: invoices(first: 0, filter: { ledger: REVENUE, states: [OPEN, FINALIZED], from: $month, to: $month }) {
      totalCount
    }
    notPaid: invoices(
      first: 0
      filter: { ledger: REVENUE, states: [PENDING, UNPAID, FAILED, UNKNOWN], from: $month, to: $month }
    ) {
      totalCount
    }
    costOverTime(from: $from, to: $month) {
      period {
        month
      }
      state
      asOf
      amount {
        net {
          amount
          currencyCode
        }
      }
    }
  }
`)

/** The running month so far. */
export const runningQuery = graphql(`
  query DashboardRunning {
    quotation {
      asOf
      stale
      missingRegions
      period {
        month
      }
      total {
        net {
          amount
          currencyCode
        }
      }
      forecast {
        asOf
        pastError
        expected {
          amount
          currencyCode
        }
        low {
          amount
        }
        high {
          amount
        }
      }
    }
  }
`)

/** What each registered customer cost and paid in a month. */
export const customersOfMonthQuery = graphql(`
  query DashboardCustomersOfMonth($month: YearMonth!, $after: String) {
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
        margin(month: $month) {
          asOf
          gaps
          rate
          exchangeRate
          amount {
            amount
            currencyCode
          }
          cost {
            amount
            currencyCode
          }
          revenue {
            amount
            currencyCode
          }
        }
      }
    }
  }
`)
