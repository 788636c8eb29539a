import { Table } from '@mantine/core'
import type { DashboardInvoicesQuery, Ledger } from '../../gql/graphql.ts'
import type { Origin } from '../../graph/use-answer.ts'
import { Figure } from '../../money/figure.tsx'
import { type Money, sumByCurrency } from '../../money/money.ts'

type Connection = NonNullable<DashboardInvoicesQuery['invoices']>
type Invoice = Connection['nodes'][number]

/** The sums of one ledger and one currency. */
interface Sum {
  readonly ledger: Ledger
  readonly currencyCode: string
  readonly count: number
  readonly net: Money
  /** Null if that of an invoice is not known. */
  readonly tax: Money | null | undefined
  readonly gross: Money | null | undefined
}

interface InvoiceSumsProps {
  readonly invoices: Connection
  readonly origin: Origin
}

/** The sums of the rows shown, and the totals of all pages, by ledger and currency. Cancelled invoices are not in them. */
export function InvoiceSums({ invoices: { nodes, total, pageInfo }, origin }: InvoiceSumsProps) {
  const isOnePage = !pageInfo.hasNextPage && !pageInfo.hasPreviousPage
  const shown = sumsOf(nodes)
  const asOf = nodes.map(one => one.asOf).toSorted()[0]
  return (
    <Table.Tfoot>
      {(!isOnePage || !total) &&
        shown.map(sum => (
          <SumRow key={keyOf(sum)} sum={sum} label="Rows shown" of="pageSum" origin={origin} asOf={asOf} isComputed />
        ))}
      {total?.map(sum => (
        <SumRow
          key={`all ${keyOf(sum)}`}
          sum={sum}
          label={isOnePage ? 'Total' : 'All pages'}
          of="listTotal"
          origin={origin}
          asOf={isOnePage ? asOf : undefined}
        />
      ))}
    </Table.Tfoot>
  )
}

interface SumRowProps {
  readonly sum: Sum
  readonly label: string
  readonly of: 'pageSum' | 'listTotal'
  readonly origin: Origin
  readonly asOf: string | undefined
  readonly isComputed?: boolean
}

function SumRow({ sum, label, of, origin, asOf, isComputed }: SumRowProps) {
  const name = `${label}, ${sum.ledger === 'COST' ? 'costs' : 'revenue'}: ${sum.count}`
  const common = { of, origin, asOf, isBold: true, about: name, ...(isComputed && { isComputed }) }
  return (
    <Table.Tr>
      <Table.Td visibleFrom="sm" />
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td visibleFrom="sm" />
      <Table.Td visibleFrom="sm" />
      <Table.Td visibleFrom="lg" />
      <Table.Td className="amount" visibleFrom="md">
        <Figure money={sum.net} {...common} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="xl">
        <Figure money={sum.tax} {...common} />
      </Table.Td>
      <Table.Td className="amount">
        <Figure money={sum.gross} {...common} />
      </Table.Td>
    </Table.Tr>
  )
}

function keyOf({ ledger, currencyCode }: Sum): string {
  return `${ledger} ${currencyCode}`
}

function sumsOf(invoices: readonly Invoice[]): readonly Sum[] {
  const counted = invoices.filter(({ state }) => state !== 'CANCELLED')
  const groups = Map.groupBy(counted, ({ ledger, total }) => `${ledger} ${total.net.currencyCode}`)
  return [...groups.values()].flatMap(group => {
    const [first] = group
    const [net] = sumByCurrency(group.map(({ total }) => total.net))
    if (!first || !net) return []
    const sum = (part: 'tax' | 'gross'): Money | null => sumOrNull(group.map(({ total }) => total[part]))
    const { ledger } = first
    return [{ ledger, currencyCode: net.currencyCode, count: group.length, net, tax: sum('tax'), gross: sum('gross') }]
  })
}

/** The sum of amounts in one currency; null if one of them is not known. */
function sumOrNull(amounts: readonly (Money | null | undefined)[]): Money | null {
  const known = amounts.filter(amount => amount !== null && amount !== undefined)
  return known.length === amounts.length ? (sumByCurrency(known)[0] ?? null) : null
}
