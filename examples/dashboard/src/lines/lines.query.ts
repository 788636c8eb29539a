import { graphql } from '../gql/gql.ts'

/** What the table of lines shows. */
export const lineFragment = graphql(`
  fragment DashboardLine on LineItem {
    id
    name
    description
    type
    rawType
    quantity
    unit
    rate
    cost {
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
    resource {
      category
      product
      region
    }
    contract {
      id
      name
    }
  }
`)

/** What the table of categories shows. */
export const shareFragment = graphql(`
  fragment DashboardShare on CostShare {
    key
    count
    share
    total {
      net {
        amount
        currencyCode
      }
    }
  }
`)
