import { graphql, usePaginationFragment } from 'react-relay'
import type { customerInvoices_customer$key } from './__generated__/customerInvoices_customer.graphql'
import type { customerInvoicesPageQuery } from './__generated__/customerInvoicesPageQuery.graphql'
import { InvoiceRow } from './invoice-row'
import { PageButtons } from './page-buttons'

/** The bills sent to one customer, newest month first. None for a customer that is not registered. */
export function CustomerInvoices({ customer }: { readonly customer: customerInvoices_customer$key }) {
  const { data, ...paging } = usePaginationFragment<customerInvoicesPageQuery, customerInvoices_customer$key>(
    graphql`
      fragment customerInvoices_customer on Customer
      @refetchable(queryName: "customerInvoicesPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        invoices(first: $first, after: $after, last: $last, before: $before)
          @connection(key: "customerInvoices_invoices") {
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
    customer,
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
