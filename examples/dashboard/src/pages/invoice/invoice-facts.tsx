import { Anchor, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Section } from '../../frame/section.tsx'
import { systemName } from '../../frame/source-banner.tsx'
import { monthName } from '../../frame/use-month.ts'
import type { DashboardInvoiceQuery } from '../../gql/graphql.ts'

interface InvoiceFactsProps {
  readonly invoice: NonNullable<DashboardInvoiceQuery['invoice']>
}

/** Who billed whom, for what month, and when. */
export function InvoiceFacts({ invoice }: InvoiceFactsProps) {
  const { source, rawState, nativeId, period, buyer, provider, issuedOn, dueOn, paidAt } = invoice
  const list = `/invoices?buyer=${encodeURIComponent(buyer.name ?? '')}`
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['Month', monthName(period.month)],
    ['From', provider.name],
    [
      'To',
      buyer.name ? (
        <Anchor component={Link} href={list} key="buyer" underline="always">
          {buyer.name}
        </Anchor>
      ) : (
        buyer.nativeId
      ),
    ],
    ['Issued on', issuedOn ?? 'not issued yet'],
    ['Due on', dueOn ?? '–'],
    ['Paid at', paidAt ? `${paidAt.slice(0, 16).replace('T', ' ')} UTC` : '–'],
    [`State in ${systemName(source)}`, rawState ?? '–'],
    [`Id in ${systemName(source)}`, nativeId],
  ]
  return (
    <Section title="Document" minHeight={250}>
      <Table variant="vertical" withRowBorders={false} verticalSpacing={4} layout="fixed">
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={150} bg="transparent" c="dimmed" fw={400} px={0} scope="row">
                {name}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}
