import { graphql, useRefetchableFragment } from 'react-relay'
import type { providerName_provider$key } from './__generated__/providerName_provider.graphql'
import type { providerNameNodeQuery } from './__generated__/providerNameNodeQuery.graphql'

/** The issuer of a bill. */
export function ProviderName({ provider }: { readonly provider: providerName_provider$key }) {
  const [data, refetch] = useRefetchableFragment<providerNameNodeQuery, providerName_provider$key>(
    graphql`
      fragment providerName_provider on Provider @refetchable(queryName: "providerNameNodeQuery") {
        name
        source
      }
    `,
    provider,
  )
  return (
    <button type="button" title={data.source} onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>
      {data.name}
    </button>
  )
}
