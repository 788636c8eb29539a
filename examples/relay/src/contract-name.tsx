import { graphql, useRefetchableFragment } from 'react-relay'
import type { contractName_contract$key } from './__generated__/contractName_contract.graphql'
import type { contractNameNodeQuery } from './__generated__/contractNameNodeQuery.graphql'

/** The application that a line belongs to. */
export function ContractName({ contract }: { readonly contract: contractName_contract$key }) {
  const [data, refetch] = useRefetchableFragment<contractNameNodeQuery, contractName_contract$key>(
    graphql`
      fragment contractName_contract on Contract @refetchable(queryName: "contractNameNodeQuery") {
        name
        nativeId
        state
      }
    `,
    contract,
  )
  return (
    <button type="button" title={data.state ?? ''} onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>
      {data.name ?? data.nativeId}
    </button>
  )
}
