import { Table, Text } from '@mantine/core'
import { ShareBar } from '../charts/share-bar.tsx'
import type { DashboardShareFragment } from '../gql/graphql.ts'
import { Empty } from '../graph/answer-view.tsx'
import type { Origin } from '../graph/use-answer.ts'
import { percentOf } from '../money/decimal.ts'
import { Figure } from '../money/figure.tsx'
import { sumByCurrency } from '../money/money.ts'
import { typeInWords } from './line-type.ts'

interface ShareTableProps {
  readonly shares: readonly DashboardShareFragment[] | null | undefined
  /** What the lines are grouped by: `Category`. */
  readonly dimension: string
  /** False when the lines could not be read. */
  readonly isKnown: boolean
  readonly origin: Origin
  readonly asOf?: string | undefined
  readonly isStale?: boolean | undefined
}

/** The cost of each category, highest first, with a bar for its part of the highest. The rows add up to the sum below. */
export function ShareTable({ shares, dimension, isKnown, ...facts }: ShareTableProps) {
  if (!shares || shares.length === 0)
    return <Empty>{isKnown ? 'There are no lines to group.' : 'The lines are not known.'}</Empty>
  const largest = shares[0]?.total.net.amount ?? '0'
  return (
    <Table verticalSpacing={6} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{dimension}</Table.Th>
          <Table.Th className="amount">Without tax</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shares.map(({ key, count, share, total }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" fw={400} w="60%">
              {typeInWords(key) || 'without one'}
              <Text span size="xs" c="dimmed">
                {' '}
                {count} {count === 1 ? 'line' : 'lines'}, {percentOf(share)}
              </Text>
              <ShareBar amount={total.net.amount} largest={largest} />
            </Table.Th>
            <Table.Td className="amount">
              <Figure of="category" money={total.net} about={key} {...facts} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        {sumByCurrency(shares.map(({ total }) => total.net)).map(money => (
          <Table.Tr key={money.currencyCode}>
            <Table.Th scope="row">Sum</Table.Th>
            <Table.Td className="amount">
              <Figure of="linesTotal" money={money} isBold isComputed {...facts} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tfoot>
    </Table>
  )
}
