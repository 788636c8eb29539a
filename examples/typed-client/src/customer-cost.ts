import { graphql } from './gql/index.js'

/** Costs of one hosted customer's resources in a month, line by line. */
export const customerCost = graphql(`
  query CustomerCost($prefix: String!, $month: YearMonth, $match: PrefixMatch! = STARTS_WITH) {
    customerCost(prefix: $prefix, month: $month, match: $match) {
      basis
      period {
        month
      }
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
          quantity
          unit
          rate
          cost {
            net {
              amount
            }
          }
        }
      }
      notices {
        code
        message
      }
    }
  }
`)
