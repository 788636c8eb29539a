import { graphql, usePaginationFragment } from 'react-relay'
import type { customerCostLines_query$key } from './__generated__/customerCostLines_query.graphql'
import type { customerCostLinesPageQuery } from './__generated__/customerCostLinesPageQuery.graphql'
import { LineItemRow } from './line-item-row'
import { MoneyAmount } from './money-amount'
import { PageButtons } from './page-buttons'

/** Costs of one hosted customer's resources in a month: those whose names start with a prefix. */
export function CustomerCostLines({ query }: { readonly query: customerCostLines_query$key }) {
  const { data, ...paging } = usePaginationFragment<customerCostLinesPageQuery, customerCostLines_query$key>(
    graphql`
      fragment customerCostLines_query on Query
      @refetchable(queryName: "customerCostLinesPageQuery")
      @argumentDefinitions(
        prefix: { type: "String!" }
        month: { type: "YearMonth" }
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        customerCost(prefix: $prefix, month: $month) {
          basis
          period {
            month
          }
          total {
            net {
              ...moneyAmount_money
            }
          }
          notices {
            code
            message
          }
          lineItems(first: $first, after: $after, last: $last, before: $before)
            @connection(key: "customerCostLines_lineItems") {
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
  if (!data.customerCost) return <p>There is no bill of that month.</p>
  const { basis, period, total, notices, lineItems } = data.customerCost
  return (
    <section>
      {period.month} {basis} <MoneyAmount money={total.net} />
      {notices.map(notice => (
        <p key={notice.code}>{notice.message}</p>
      ))}
      <ol>
        {lineItems?.edges.map(({ node }) => (
          <LineItemRow key={node.id} line={node} />
        ))}
      </ol>
      <PageButtons paging={paging} pageSize={100} />
    </section>
  )
}
