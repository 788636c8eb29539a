import { graphql, usePaginationFragment } from 'react-relay'
import type { invoiceList_query$key } from './__generated__/invoiceList_query.graphql'
import type { invoiceListPageQuery } from './__generated__/invoiceListPageQuery.graphql'
import { InvoiceRow } from './invoice-row'
import { PageButtons } from './page-buttons'

/** The bills of both systems in one list, newest month first. */
export function InvoiceList({ query }: { readonly query: invoiceList_query$key }) {
  const { data, ...paging } = usePaginationFragment<invoiceListPageQuery, invoiceList_query$key>(
    graphql`
      fragment invoiceList_query on Query
      @refetchable(queryName: "invoiceListPageQuery")
      @argumentDefinitions(
        filter: { type: "InvoiceFilter" }
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        invoices(filter: $filter, first: $first, after: $after, last: $last, before: $before)
          @connection(key: "invoiceList_invoices") {
          totalCount
          unavailable
          edges {
            node {
              id
              ...invoiceRow_invoice
            }
          }
        }
      }
    `,
    query,
  )
  if (!data.invoices) return <p>No billing system can answer now.</p>
  return (
    <section>
      {data.invoices.unavailable.map(source => (
        <p key={source}>The bills of {source} are missing here.</p>
      ))}
      <ol>
        {data.invoices.edges.map(({ node }) => (
          <InvoiceRow key={node.id} invoice={node} />
        ))}
      </ol>
      <PageButtons paging={paging} />
    </section>
  )
}
