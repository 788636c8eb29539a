import { Group, Stack, Text } from '@mantine/core'
import { Section } from '../../frame/section.tsx'
import type { DashboardInvoiceQuery } from '../../gql/graphql.ts'
import type { Origin } from '../../graph/use-answer.ts'
import { percentOf } from '../../money/decimal.ts'
import type { Meaning } from '../../money/definitions.ts'
import { Figure } from '../../money/figure.tsx'
import type { Money } from '../../money/money.ts'

type Invoice = NonNullable<DashboardInvoiceQuery['invoice']>

const BASIS = {
  STATED: 'Tax as the billing system states it.',
  COMPUTED: 'Tax computed by the gateway: the billing system states none.',
  UNKNOWN: 'The tax of at least one part is not known.',
} as const

interface InvoiceTotalProps {
  readonly invoice: Invoice
  readonly origin: Origin
}

/** The amount without tax, the tax, and the amount with tax. */
export function InvoiceTotal({ invoice: { total, asOf, stale, number, source }, origin }: InvoiceTotalProps) {
  const { net, tax, gross, taxBasis, taxRate } = total
  const rows: readonly (readonly [label: string, of: Meaning, money: Money | null | undefined])[] = [
    ['Without tax', 'net', net],
    [taxRate ? `Tax (${percentOf(taxRate)})` : 'Tax', 'tax', tax],
  ]
  const common = { origin, asOf, isStale: stale, about: number ?? 'this bill' }
  return (
    <Section title="Amount" minHeight={{ base: 150, md: 250 }}>
      <Stack gap="sm">
        {rows.map(([label, of, money]) => (
          <Group key={label} justify="space-between">
            <Text c="dimmed">{label}</Text>
            <Figure of={of} money={money} {...common} />
          </Group>
        ))}
        <Group justify="space-between" align="baseline">
          <Text fw={650}>With tax</Text>
          <Figure of="gross" money={gross} size="xl" {...common} />
        </Group>
        <Text size="sm" c="dimmed">
          {BASIS[taxBasis]}
          {source === 'THREESCALE' && ' 3scale rounds each amount on its own, so that they may differ by a cent.'}
        </Text>
      </Stack>
    </Section>
  )
}
