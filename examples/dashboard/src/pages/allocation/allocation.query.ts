import { graphql } from '../../gql/gql.ts'

/** The bill of a month, divided among the customers. */
export const allocationQuery = graphql(`
  query DashboardAllocation($month: YearMonth!) {
    costAllocation(month: $month) {
      asOf
      stale
      basis
      fingerprint
      taxRounding
      buyer {
        id
        name
        nativeId
      }
      bill {
        ...DashboardAmounts
      }
      unallocated {
        ...DashboardAmounts
      }
      customers {
        share
        customer {
          id
          key
          name
          prefix
        }
        direct {
          amount
          currencyCode
        }
        shared {
          amount
          currencyCode
        }
        total {
          ...DashboardAmounts
        }
      }
      pools {
        name
        policy
        cost {
          amount
          currencyCode
        }
        shares {
          amount {
            amount
            currencyCode
          }
          customer {
            id
            name
            prefix
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

/** Net, tax and gross. */
export const amountsFragment = graphql(`
  fragment DashboardAmounts on TaxedMoney {
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
`)
