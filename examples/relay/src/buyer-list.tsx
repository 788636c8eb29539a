import { graphql, usePaginationFragment } from 'react-relay'
import type { buyerList_query$key } from './__generated__/buyerList_query.graphql'
import type { buyerListPageQuery } from './__generated__/buyerListPageQuery.graphql'
import { BuyerName } from './buyer-name'
import { PageButtons } from './page-buttons'

/** The billed parties: the Catalyst project, then the accounts of 3scale. */
export function BuyerList({ query }: { readonly query: buyerList_query$key }) {
  const { data, ...paging } = usePaginationFragment<buyerListPageQuery, buyerList_query$key>(
    graphql`
      fragment buyerList_query on Query
      @refetchable(queryName: "buyerListPageQuery")
      @argumentDefinitions(
        filter: { type: "BuyerFilter" }
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        buyers(filter: $filter, first: $first, after: $after, last: $last, before: $before)
          @connection(key: "buyerList_buyers") {
          totalCount
          edges {
            node {
              id
              ...buyerName_buyer
            }
          }
        }
      }
    `,
    query,
  )
  return (
    <section>
      <p>{data.buyers?.totalCount} buyers</p>
      <ol>
        {data.buyers?.edges.map(({ node }) => (
          <li key={node.id}>
            <BuyerName buyer={node} />
          </li>
        ))}
      </ol>
      <PageButtons paging={paging} />
    </section>
  )
}
