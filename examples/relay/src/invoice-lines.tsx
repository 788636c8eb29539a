import { graphql, usePaginationFragment } from 'react-relay'
import { ConnectionHandler } from 'relay-runtime'
import type { invoiceLines_invoice$key } from './__generated__/invoiceLines_invoice.graphql'
import type { invoiceLinesPageQuery } from './__generated__/invoiceLinesPageQuery.graphql'
import { AddLineItem } from './add-line-item'
import { LineItemRow } from './line-item-row'
import { MoneyAmount } from './money-amount'
import { PageButtons } from './page-buttons'
import { PaymentRow } from './payment-row'

/** A bill's lines, and the attempts to charge it. */
export function InvoiceLines({ invoice }: { readonly invoice: invoiceLines_invoice$key }) {
  const { data, ...paging } = usePaginationFragment<invoiceLinesPageQuery, invoiceLines_invoice$key>(
    graphql`
      fragment invoiceLines_invoice on Invoice
      @refetchable(queryName: "invoiceLinesPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        id
        payments {
          id
          ...paymentRow_payment
        }
        lineItems(first: $first, after: $after, last: $last, before: $before)
          @connection(key: "invoiceLines_lineItems") {
          totalCount
          total {
            net {
              ...moneyAmount_money
            }
          }
          edges {
            node {
              id
              ...lineItemRow_line
            }
          }
        }
      }
    `,
    invoice,
  )
  if (!data.lineItems) return <p>The upstream cannot list the lines of this bill.</p>
  return (
    <section>
      <ol>
        {data.lineItems.edges.map(({ node }) => (
          <LineItemRow key={node.id} line={node} />
        ))}
      </ol>
      <AddLineItem
        invoiceId={data.id}
        connections={[ConnectionHandler.getConnectionID(data.id, 'invoiceLines_lineItems')]}
      />
      <PageButtons paging={paging} pageSize={100} />
      <MoneyAmount money={data.lineItems.total.net} />
      <ol>
        {data.payments?.map(payment => (
          <PaymentRow key={payment.id} payment={payment} />
        ))}
      </ol>
    </section>
  )
}
