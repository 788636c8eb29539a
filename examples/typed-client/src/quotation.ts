import { graphql } from './gql/index.js'

/** What the running month costs so far, dearest product first. */
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
