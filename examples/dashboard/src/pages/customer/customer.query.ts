import { graphql } from '../../gql/gql.ts'

/** A customer's month: cost, revenue and margin, by category, and why the figures differ. */
export const customerQuery = graphql(`
  query DashboardCustomer($by: CustomerBy!, $month: YearMonth!, $from: YearMonth!) {
    customer(by: $by) {
      id
      key
      name
      prefix
      cost(month: $month) {
        asOf
        stale
        basis
        total {
          taxBasis
          net {
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
        breakdown(by: CATEGORY) {
          ...DashboardShare
        }
      }
      margin(month: $month) {
        asOf
        gaps
        rate
        exchangeRate
        amount {
          amount
          currencyCode
        }
        revenue {
          amount
          currencyCode
        }
        collected {
          amount
          currencyCode
        }
      }
      costOverTime(from: $from, to: $month) {
        ...DashboardMonth
      }
      revenueOverTime(from: $from, to: $month) {
        ...DashboardMonth
      }
    }
  }
`)

/** An amount of a series. */
export const monthFragment = graphql(`
  fragment DashboardMonth on MonthlyAmount {
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
`)

/** A page of the lines of a customer's month. */
export const customerLinesQuery = graphql(`
  query DashboardCustomerLines($by: CustomerBy!, $month: YearMonth!, $after: String) {
    customer(by: $by) {
      id
      cost(month: $month) {
        asOf
        stale
        lineItems(first: 100, after: $after, orderBy: COST_DESC) {
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
      }
    }
  }
`)
