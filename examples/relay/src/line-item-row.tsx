import { graphql, useRefetchableFragment } from 'react-relay'
import type { lineItemRow_line$key } from './__generated__/lineItemRow_line.graphql'
import type { lineItemRowNodeQuery } from './__generated__/lineItemRowNodeQuery.graphql'
import { ContractName } from './contract-name'
import { MetricName } from './metric-name'
import { MoneyAmount } from './money-amount'

/** One line. Plan, contract and metric exist in 3scale only. */
export function LineItemRow({ line }: { readonly line: lineItemRow_line$key }) {
  const [data, refetch] = useRefetchableFragment<lineItemRowNodeQuery, lineItemRow_line$key>(
    graphql`
      fragment lineItemRow_line on LineItem @refetchable(queryName: "lineItemRowNodeQuery") {
        name
        quantity
        unit
        cost {
          net {
            ...moneyAmount_money
          }
        }
        contract {
          ...contractName_contract
        }
        metric {
          ...metricName_metric
        }
      }
    `,
    line,
  )
  return (
    <li>
      {data.name} {data.quantity} {data.unit} <MoneyAmount money={data.cost.net} />
      {data.contract && <ContractName contract={data.contract} />}
      {data.metric && <MetricName metric={data.metric} />}
      <button type="button" onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>
        Ask again
      </button>
    </li>
  )
}
