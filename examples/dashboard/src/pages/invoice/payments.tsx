import { Badge, Table } from '@mantine/core'
import { Section } from '../../frame/section.tsx'
import type { DashboardInvoiceQuery } from '../../gql/graphql.ts'
import { Empty } from '../../graph/answer-view.tsx'
import type { Origin } from '../../graph/use-answer.ts'
import { Figure } from '../../money/figure.tsx'

interface PaymentsProps {
  readonly invoice: NonNullable<DashboardInvoiceQuery['invoice']>
  readonly origin: Origin
}

/** The attempts to charge the invoice, oldest first. */
export function Payments({ invoice: { payments, asOf }, origin }: PaymentsProps) {
  if (!payments || payments.length === 0) {
    return (
      <Section title="Payments">
        <Empty>{payments ? 'No charge was attempted.' : 'The payments could not be read. Retry later.'}</Empty>
      </Section>
    )
  }
  return (
    <Section title="Payments" about="Attempts to charge the buyer's card, oldest first.">
      <div className="scroll">
        <Table verticalSpacing={6} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Time (UTC)</Table.Th>
              <Table.Th>Result</Table.Th>
              <Table.Th visibleFrom="sm">Message</Table.Th>
              <Table.Th visibleFrom="sm">Reference</Table.Th>
              <Table.Th className="amount">Amount</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {payments.map(({ id, createdAt, success, message, reference, amount }) => (
              <Table.Tr key={id}>
                <Table.Td>{createdAt.slice(0, 16).replace('T', ' ')}</Table.Td>
                <Table.Td>
                  <Badge variant="light" color={success ? 'teal' : 'red'} tt="none">
                    {success ? 'Succeeded' : 'Declined'}
                  </Badge>
                </Table.Td>
                <Table.Td visibleFrom="sm">{message ?? '–'}</Table.Td>
                <Table.Td visibleFrom="sm">{reference ?? '–'}</Table.Td>
                <Table.Td className="amount">
                  <Figure of="payment" money={amount} origin={origin} asOf={asOf} about={createdAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  )
}
