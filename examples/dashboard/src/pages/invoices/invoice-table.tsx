import { Anchor, Box, Table, Text } from '@mantine/core'
import { Link } from 'wouter'
import { systemName } from '../../frame/source-banner.tsx'
import type { DashboardInvoicesQuery } from '../../gql/graphql.ts'
import type { Origin } from '../../graph/use-answer.ts'
import { Figure } from '../../money/figure.tsx'
import { InvoiceStateBadge } from './invoice-state.tsx'
import { InvoiceSums } from './invoice-sums.tsx'

type Connection = NonNullable<DashboardInvoicesQuery['invoices']>
type Invoice = Connection['nodes'][number]

interface InvoiceTableProps {
  readonly invoices: Connection
  readonly origin: Origin
}

/** One page of invoices with its sums, and the totals of all pages. On a phone, the first column holds what the hidden ones say. */
export function InvoiceTable({ invoices, origin }: InvoiceTableProps) {
  return (
    <div className="scroll">
      <Table verticalSpacing={8} horizontalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th visibleFrom="sm">Month</Table.Th>
            <Table.Th>Invoice</Table.Th>
            <Table.Th visibleFrom="sm">Buyer</Table.Th>
            <Table.Th visibleFrom="sm">State</Table.Th>
            <Table.Th visibleFrom="lg">Due</Table.Th>
            <Table.Th className="amount" visibleFrom="md">
              Without tax
            </Table.Th>
            <Table.Th className="amount" visibleFrom="xl">
              Tax
            </Table.Th>
            <Table.Th className="amount">With tax</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoices.nodes.map(invoice => (
            <InvoiceRow key={invoice.id} invoice={invoice} origin={origin} />
          ))}
        </Table.Tbody>
        <InvoiceSums invoices={invoices} origin={origin} />
      </Table>
    </div>
  )
}

function InvoiceRow({ invoice, origin }: { readonly invoice: Invoice; readonly origin: Origin }) {
  const { id, source, ledger, state, number, dueOn, period, buyer, total, asOf, stale } = invoice
  const name = number ?? `${systemName(source)}, ${period.month}`
  const href = `/invoices/${encodeURIComponent(id)}`
  const common = { origin, asOf, isStale: stale, about: name, isStruck: state === 'CANCELLED', rowsHref: href }
  return (
    <Table.Tr>
      <Table.Td visibleFrom="sm" className="nowrap">
        {period.month}
      </Table.Td>
      <Table.Th scope="row" fw={400}>
        <Anchor component={Link} href={href} className="nowrap">
          {name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {ledger === 'COST' ? 'cost' : 'revenue'}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {buyer.name ?? buyer.nativeId}
        </Text>
        <Box hiddenFrom="sm">
          <InvoiceStateBadge state={state} />
        </Box>
      </Table.Th>
      <Table.Td visibleFrom="sm">{buyer.name ?? buyer.nativeId}</Table.Td>
      <Table.Td visibleFrom="sm">
        <InvoiceStateBadge state={state} />
      </Table.Td>
      <Table.Td visibleFrom="lg" className="nowrap">
        {dueOn ?? '–'}
      </Table.Td>
      <Table.Td className="amount" visibleFrom="md">
        <Figure of="net" money={total.net} {...common} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="xl">
        <Figure of="tax" money={total.tax} {...common} />
      </Table.Td>
      <Table.Td className="amount">
        <Figure of="gross" money={total.gross} {...common} />
      </Table.Td>
    </Table.Tr>
  )
}
