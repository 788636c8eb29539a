import { graphql } from './gql/index.js'

/** Costs of the running month so far, most expensive product first. */
export const quotation = graphql(`
  query Quotation {
    quotation {
      asOf
      missingRegions
      total {
        net {
          amount
          currencyCode
        }
      }
      breakdown(by: PRODUCT) {
        key
        count
        share
        total {
          net {
            amount
          }
        }
      }
    }
  }
`)
