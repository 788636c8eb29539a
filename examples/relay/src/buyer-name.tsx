import { graphql, useRefetchableFragment } from 'react-relay'
import type { buyerName_buyer$key } from './__generated__/buyerName_buyer.graphql'
import type { buyerNameNodeQuery } from './__generated__/buyerNameNodeQuery.graphql'

/** The billed party. A buyer deleted in 3scale has no name, and cannot be refetched. */
export function BuyerName({ buyer }: { readonly buyer: buyerName_buyer$key }) {
  const [data, refetch] = useRefetchableFragment<buyerNameNodeQuery, buyerName_buyer$key>(
    graphql`
      fragment buyerName_buyer on Buyer @refetchable(queryName: "buyerNameNodeQuery") {
        name
        nativeId
        deleted
        state
      }
    `,
    buyer,
  )
  if (data.deleted) return <s>{data.nativeId}</s>
  return (
    <button type="button" onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>
      {data.name ?? data.nativeId} {data.state}
    </button>
  )
}
