import { graphql, usePaginationFragment } from 'react-relay'
import type { customerList_query$key } from './__generated__/customerList_query.graphql'
import type { customerListPageQuery } from './__generated__/customerListPageQuery.graphql'
import { PageButtons } from './page-buttons'

/** The customers of the registry. */
export function CustomerList({ query }: { readonly query: customerList_query$key }) {
  const { data, ...paging } = usePaginationFragment<customerListPageQuery, customerList_query$key>(
    graphql`
      fragment customerList_query on Query
      @refetchable(queryName: "customerListPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        customers(first: $first, after: $after, last: $last, before: $before)
          @connection(key: "customerList_customers") {
          totalCount
          edges {
            node {
              id
              name
            }
          }
        }
      }
    `,
    query,
  )
  return (
    <section>
      <p>{data.customers?.totalCount} customers</p>
      <ol>
        {data.customers?.edges.map(({ node }) => (
          <li key={node.id}>{node.name}</li>
        ))}
      </ol>
      <PageButtons paging={paging} />
    </section>
  )
}
