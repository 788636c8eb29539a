import { graphql, useRefetchableFragment } from 'react-relay'
import type { metricName_metric$key } from './__generated__/metricName_metric.graphql'
import type { metricNameNodeQuery } from './__generated__/metricNameNodeQuery.graphql'

/** The metric of a variable cost. */
export function MetricName({ metric }: { readonly metric: metricName_metric$key }) {
  const [data, refetch] = useRefetchableFragment<metricNameNodeQuery, metricName_metric$key>(
    graphql`
      fragment metricName_metric on Metric @refetchable(queryName: "metricNameNodeQuery") {
        name
        systemName
        unit
      }
    `,
    metric,
  )
  return (
    <button type="button" title={data.systemName} onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>
      {data.name} {data.unit}
    </button>
  )
}
