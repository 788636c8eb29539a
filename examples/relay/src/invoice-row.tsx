import { graphql, useRefetchableFragment } from 'react-relay'
import type { invoiceRow_invoice$key } from './__generated__/invoiceRow_invoice.graphql'
import type { invoiceRowNodeQuery } from './__generated__/invoiceRowNodeQuery.graphql'
import { BuyerName } from './buyer-name'
import { MoneyAmount } from './money-amount'
import { ProviderName } from './provider-name'

/** One bill, which can be refetched by its id. */
export function InvoiceRow({ invoice }: { readonly invoice: invoiceRow_invoice$key }) {
  const [data, refetch] = useRefetchableFragment<invoiceRowNodeQuery, invoiceRow_invoice$key>(
    graphql`
      fragment invoiceRow_invoice on Invoice @refetchable(queryName: "invoiceRowNodeQuery") {
        number
        nativeId
        state
        period {
          month
        }
        provider {
          ...providerName_provider
        }
        buyer {
          ...buyerName_buyer
        }
        total {
          net {
            ...moneyAmount_money
          }
        }
      }
    `,
    invoice,
  )
  return (
    <li>
      {data.number ?? data.nativeId} {data.period.month} {data.state} <ProviderName provider={data.provider} />
      <BuyerName buyer={data.buyer} /> <MoneyAmount money={data.total.net} />
      <button type="button" onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>
        Ask again
      </button>
    </li>
  )
}
