import { graphql, usePaginationFragment } from 'react-relay'
import type { quotationLines_query$key } from './__generated__/quotationLines_query.graphql'
import type { quotationLinesPageQuery } from './__generated__/quotationLinesPageQuery.graphql'
import { LineItemRow } from './line-item-row'
import { MoneyAmount } from './money-amount'
import { PageButtons } from './page-buttons'

/** Costs of the running month so far. A quotation has no id, so its pages are fetched from the root. */
export function QuotationLines({ query }: { readonly query: quotationLines_query$key }) {
  const { data, ...paging } = usePaginationFragment<quotationLinesPageQuery, quotationLines_query$key>(
    graphql`
      fragment quotationLines_query on Query
      @refetchable(queryName: "quotationLinesPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        quotation {
          missingRegions
          total {
            net {
              ...moneyAmount_money
            }
          }
          lineItems(first: $first, after: $after, last: $last, before: $before)
            @connection(key: "quotationLines_lineItems") {
            totalCount
            edges {
              node {
                id
                ...lineItemRow_line
              }
            }
          }
        }
      }
    `,
    query,
  )
  if (!data.quotation) return <p>There is no quotation now.</p>
  return (
    <section>
      {data.quotation.missingRegions.length > 0 && <p>Without {data.quotation.missingRegions.join(', ')}</p>}
      <MoneyAmount money={data.quotation.total.net} />
      <ol>
        {data.quotation.lineItems?.edges.map(({ node }) => (
          <LineItemRow key={node.id} line={node} />
        ))}
      </ol>
      <PageButtons paging={paging} pageSize={100} />
    </section>
  )
}
