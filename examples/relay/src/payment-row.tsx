import { graphql, useRefetchableFragment } from 'react-relay'
import type { paymentRow_payment$key } from './__generated__/paymentRow_payment.graphql'
import type { paymentRowNodeQuery } from './__generated__/paymentRowNodeQuery.graphql'
import { MoneyAmount } from './money-amount'

/** One attempt to charge an invoice. */
export function PaymentRow({ payment }: { readonly payment: paymentRow_payment$key }) {
  const [data, refetch] = useRefetchableFragment<paymentRowNodeQuery, paymentRow_payment$key>(
    graphql`
      fragment paymentRow_payment on Payment @refetchable(queryName: "paymentRowNodeQuery") {
        createdAt
        success
        message
        amount {
          ...moneyAmount_money
        }
      }
    `,
    payment,
  )
  return (
    <li>
      {data.createdAt} {data.success ? 'charged' : 'declined'} <MoneyAmount money={data.amount} />
      <button type="button" title={data.message ?? ''} onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>
        Ask again
      </button>
    </li>
  )
}
