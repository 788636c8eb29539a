import { graphql } from '../gql/gql.ts'

/** From cost to payment, for each registered customer of a month. */
export const reconciliationQuery = graphql(`
  query DashboardReconciliation($month: YearMonth!) {
    reconciliation(month: $month) {
      customers {
        gaps
        customer {
          id
          key
          name
          prefix
        }
        cost {
          amount
          currencyCode
        }
        onCharged {
          amount
          currencyCode
        }
        billed {
          amount
          currencyCode
        }
        paid {
          amount
          currencyCode
        }
        differences {
          cause
          message
          amount {
            amount
            currencyCode
          }
          invoice {
            id
            number
          }
        }
      }
    }
  }
`)
