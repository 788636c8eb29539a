import { graphql, usePaginationFragment } from 'react-relay'
import type { buyerInvoices_buyer$key } from './__generated__/buyerInvoices_buyer.graphql'
import type { buyerInvoicesPageQuery } from './__generated__/buyerInvoicesPageQuery.graphql'
import { InvoiceRow } from './invoice-row'
import { PageButtons } from './page-buttons'

/** The bills of one buyer, newest month first. */
export function BuyerInvoices({ buyer }: { readonly buyer: buyerInvoices_buyer$key }) {
  const { data, ...paging } = usePaginationFragment<buyerInvoicesPageQuery, buyerInvoices_buyer$key>(
    graphql`
      fragment buyerInvoices_buyer on Buyer
      @refetchable(queryName: "buyerInvoicesPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        invoices(first: $first, after: $after, last: $last, before: $before)
          @connection(key: "buyerInvoices_invoices") {
          totalCount
          edges {
            node {
              id
              ...invoiceRow_invoice
            }
          }
        }
      }
    `,
    buyer,
  )
  return (
    <section>
      <p>{data.invoices?.totalCount} bills</p>
      <ol>
        {data.invoices?.edges.map(({ node }) => (
          <InvoiceRow key={node.id} invoice={node} />
        ))}
      </ol>
      <PageButtons paging={paging} />
    </section>
  )
}
