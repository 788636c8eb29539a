import { graphql, useRefetchableFragment } from 'react-relay'
import type { customerTotal_customer$key } from './__generated__/customerTotal_customer.graphql'
import type { customerTotalNodeQuery } from './__generated__/customerTotalNodeQuery.graphql'
import { MoneyAmount } from './money-amount'

/** The cost of a customer in a month. Other months are fetched by the customer's id. */
export function CustomerTotal({ customer }: { readonly customer: customerTotal_customer$key }) {
  const [data, refetch] = useRefetchableFragment<customerTotalNodeQuery, customerTotal_customer$key>(
    graphql`
      fragment customerTotal_customer on Customer
      @refetchable(queryName: "customerTotalNodeQuery")
      @argumentDefinitions(month: { type: "YearMonth" }) {
        prefix
        cost(month: $month) {
          period {
            month
          }
          total {
            net {
              ...moneyAmount_money
            }
          }
        }
      }
    `,
    customer,
  )
  return (
    <p>
      {data.prefix} {data.cost?.period.month} {data.cost && <MoneyAmount money={data.cost.total.net} />}
      <button type="button" onClick={() => refetch({ month: null })}>
        Newest month
      </button>
    </p>
  )
}
