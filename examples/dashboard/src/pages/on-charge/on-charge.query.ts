import { graphql } from '../../gql/gql.ts'

/** Shows a plan, or applies the one that was shown. */
export const onChargeMutation = graphql(`
  mutation DashboardOnCharge($input: OnChargeInput!) {
    onCharge(input: $input) {
      planHash
      plan {
        action
        marker
        name
        cost {
          amount
          currencyCode
        }
      }
      total {
        amount
        currencyCode
      }
      invoice {
        id
        number
        state
        period {
          month
        }
      }
      notices {
        code
        message
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`)
