import { graphql, useLazyLoadQuery } from 'react-relay'
import type { invoicePageQuery } from './__generated__/invoicePageQuery.graphql'
import { BuyerInvoices } from './buyer-invoices'
import { InvoiceLines } from './invoice-lines'

/** One bill with its lines, and the other bills of the same buyer. */
export function InvoicePage({ id }: { readonly id: string }) {
  const { invoice } = useLazyLoadQuery<invoicePageQuery>(
    graphql`
      query invoicePageQuery($id: ID!) {
        invoice(id: $id) {
          ...invoiceLines_invoice @arguments(first: 100)
          buyer {
            ...buyerInvoices_buyer @arguments(first: 20)
          }
        }
      }
    `,
    { id },
  )
  if (!invoice) return <p>There is no such bill.</p>
  return (
    <main>
      <InvoiceLines invoice={invoice} />
      <BuyerInvoices buyer={invoice.buyer} />
    </main>
  )
}
