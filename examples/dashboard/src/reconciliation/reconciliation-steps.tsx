import { Anchor, Table, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { DashboardReconciliationQuery } from '../gql/graphql.ts'
import type { Origin } from '../graph/use-answer.ts'
import { Figure } from '../money/figure.tsx'
import { gapsInWords } from '../money/gaps.ts'
import { CAUSES } from './cause.ts'

/** One customer of a reconciliation. */
export type ReconciledCustomer = NonNullable<DashboardReconciliationQuery['reconciliation']>['customers'][number]

interface ReconciliationStepsProps {
  readonly reconciled: ReconciledCustomer
  readonly origin: Origin
}

/** From what a customer cost, by each difference, to what it paid. The column adds up. */
export function ReconciliationSteps({ reconciled, origin }: ReconciliationStepsProps) {
  const { cost, paid, onCharged, billed, differences, gaps, customer } = reconciled
  const about = customer.name ?? customer.prefix
  return (
    <>
      {gaps.length > 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          Not final: {gapsInWords(gaps)}.
        </Text>
      )}
      <Table verticalSpacing={6} horizontalSpacing="sm">
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">Cost</Table.Th>
            <Table.Td className="amount">
              <Figure of="customerCost" money={cost} origin={origin} about={about} isBold />
            </Table.Td>
          </Table.Tr>
          {differences.map(({ cause, message, amount, invoice }) => (
            <Table.Tr key={cause + message}>
              <Table.Th scope="row" fw={400}>
                {CAUSES[cause]}
                <Text size="xs" c="dimmed">
                  {message}{' '}
                  {invoice && (
                    <Anchor
                      component={Link}
                      href={`/invoices/${encodeURIComponent(invoice.id)}`}
                      underline="always"
                      fz="xs"
                    >
                      {invoice.number ?? 'Show the invoice'}
                    </Anchor>
                  )}
                </Text>
              </Table.Th>
              <Table.Td className="amount">
                <Figure of="difference" money={amount} origin={origin} about={`${about}: ${message}`} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">
              Paid
              <Text size="xs" c="dimmed" fw={400}>
                on-charged <Figure of="onCharged" money={onCharged} origin={origin} about={about} size="sm" />, billed{' '}
                <Figure of="billed" money={billed} origin={origin} about={about} size="sm" />
              </Text>
            </Table.Th>
            <Table.Td className="amount">
              <Figure of="paid" money={paid} origin={origin} about={about} isBold />
            </Table.Td>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </>
  )
}
