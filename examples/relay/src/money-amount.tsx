import { graphql, useFragment } from 'react-relay'
import type { moneyAmount_money$key } from './__generated__/moneyAmount_money.graphql'

/** An amount as stated. It stays text, because a JavaScript number would round it. */
export function MoneyAmount({ money }: { readonly money: moneyAmount_money$key }) {
  const { amount, currencyCode } = useFragment(
    graphql`
      fragment moneyAmount_money on Money {
        amount
        currencyCode
      }
    `,
    money,
  )
  return (
    <data value={amount}>
      {amount} {currencyCode}
    </data>
  )
}
