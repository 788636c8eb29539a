import { Anchor, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { ShareBar } from '../../charts/share-bar.tsx'
import { monthName } from '../../frame/use-month.ts'
import type { DashboardAllocationQuery } from '../../gql/graphql.ts'
import type { Origin } from '../../graph/use-answer.ts'
import { percentOf } from '../../money/decimal.ts'
import type { Meaning } from '../../money/definitions.ts'
import { Figure } from '../../money/figure.tsx'
import type { Money } from '../../money/money.ts'

type Allocation = NonNullable<DashboardAllocationQuery['costAllocation']>
type Share = Allocation['customers'][number]

interface AllocationTableProps {
  readonly allocation: Allocation
  readonly month: string
  readonly origin: Origin
}

/** Each customer's part, the unallocated part, and the bill that they sum to. */
export function AllocationTable({ allocation, month, origin }: AllocationTableProps) {
  const { customers, unallocated, bill, asOf, stale } = allocation
  const facts = { origin, asOf, isStale: stale }
  return (
    <div className="scroll">
      <Table verticalSpacing={8} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Customer</Table.Th>
            <Table.Th className="amount" visibleFrom="md">
              Own lines
            </Table.Th>
            <Table.Th className="amount" visibleFrom="md">
              Shared cost
            </Table.Th>
            <Table.Th className="amount">Without tax</Table.Th>
            <Table.Th className="amount" visibleFrom="sm">
              Tax
            </Table.Th>
            <Table.Th className="amount" visibleFrom="xs">
              With tax
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {customers.map(share => (
            <Row
              key={share.customer.id}
              name={<CustomerName share={share} month={month} bill={bill.net} />}
              about={`${nameOf(share)}, ${monthName(month)}`}
              of="allocated"
              direct={share.direct}
              shared={share.shared}
              total={share.total}
              {...facts}
            />
          ))}
          <Row name="Unallocated" about={monthName(month)} of="unallocated" total={unallocated} {...facts} />
        </Table.Tbody>
        <Table.Tfoot>
          <Row name="Bill" about={monthName(month)} of="bill" total={bill} isBold {...facts} />
        </Table.Tfoot>
      </Table>
    </div>
  )
}

function nameOf({ customer: { name, prefix } }: Share): string {
  return name ?? prefix
}

function CustomerName({ share, month, bill }: { readonly share: Share; readonly month: string; readonly bill: Money }) {
  const { key, prefix } = share.customer
  const path = key ? `key/${encodeURIComponent(key)}` : `prefix/${encodeURIComponent(prefix)}`
  return (
    <>
      <Anchor component={Link} href={`/customers/${path}?month=${month}`}>
        {nameOf(share)}
      </Anchor>
      {share.share && (
        <Text span size="xs" c="dimmed">
          {' '}
          {percentOf(share.share)}
        </Text>
      )}
      <ShareBar amount={share.total.net.amount} largest={bill.amount} />
    </>
  )
}

interface RowProps {
  readonly name: ReactNode
  readonly about: string
  readonly of: Meaning
  readonly direct?: Money
  readonly shared?: Money
  readonly total: Share['total']
  readonly isBold?: boolean
  readonly origin: Origin
  readonly asOf: string
  readonly isStale: boolean
}

function Row({ name, of, direct, shared, total, isBold = false, ...facts }: RowProps) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={isBold ? 650 : 400}>
        {name}
      </Table.Th>
      <Table.Td className="amount" visibleFrom="md">
        {direct && <Figure of="direct" money={direct} {...facts} />}
      </Table.Td>
      <Table.Td className="amount" visibleFrom="md">
        {shared && <Figure of="shared" money={shared} {...facts} />}
      </Table.Td>
      <Table.Td className="amount">
        <Figure of={of} money={total.net} isBold={isBold} {...facts} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="sm">
        <Figure of="tax" money={total.tax} isBold={isBold} {...facts} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="xs">
        <Figure of="gross" money={total.gross} isBold={isBold} {...facts} />
      </Table.Td>
    </Table.Tr>
  )
}
