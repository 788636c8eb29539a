import { Box, Table, Text } from '@mantine/core'
import type { DashboardAllocationQuery, SharedCostPolicy } from '../../gql/graphql.ts'
import { Empty } from '../../graph/answer-view.tsx'
import type { Origin } from '../../graph/use-answer.ts'
import { Figure } from '../../money/figure.tsx'

type Allocation = NonNullable<DashboardAllocationQuery['costAllocation']>
type Pool = Allocation['pools'][number]

const POLICIES: Readonly<Record<SharedCostPolicy, string>> = {
  EVEN: 'in equal parts',
  PROPORTIONAL: 'by own cost',
  WEIGHTS: 'by fixed weights',
  UNALLOCATED: "not divided: the company's own",
}

interface PoolTableProps {
  readonly allocation: Allocation
  readonly origin: Origin
}

/** The pools of the registry with the part of each customer. */
export function PoolTable({ allocation: { pools, asOf, stale }, origin }: PoolTableProps) {
  if (pools.length === 0) return <Empty>The registry names no pool.</Empty>
  const facts = { origin, asOf, isStale: stale }
  return (
    <Table verticalSpacing={8} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Pool</Table.Th>
          <Table.Th visibleFrom="sm">Parts</Table.Th>
          <Table.Th className="amount">Cost</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {pools.map(pool => (
          <Table.Tr key={pool.name}>
            <Table.Th scope="row" fw={400}>
              {pool.name === 'ROUNDING' ? 'Rounding of the bill' : pool.name}
              <Text size="xs" c="dimmed">
                {POLICIES[pool.policy]}
              </Text>
              <Box hiddenFrom="sm">{pool.shares.length > 0 && <Parts pool={pool} {...facts} />}</Box>
            </Table.Th>
            <Table.Td visibleFrom="sm">
              <Parts pool={pool} {...facts} />
            </Table.Td>
            <Table.Td className="amount">
              <Figure of="pool" money={pool.cost} about={pool.name} {...facts} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface PartsProps {
  readonly pool: Pool
  readonly origin: Origin
  readonly asOf: string
  readonly isStale: boolean
}

function Parts({ pool: { name, shares }, ...facts }: PartsProps) {
  if (shares.length === 0) return '–'
  return shares.map(({ customer, amount }) => (
    <Text key={customer.id} size="sm" component="div">
      {customer.name ?? customer.prefix}{' '}
      <Figure
        of="shared"
        money={amount}
        size="sm"
        about={`${customer.name ?? customer.prefix}, pool ${name}`}
        {...facts}
      />
    </Text>
  ))
}
