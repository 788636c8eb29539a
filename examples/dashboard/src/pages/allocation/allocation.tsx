import { Alert, Code, Grid, Text } from '@mantine/core'
import { DownloadButton } from '../../exports/download-button.tsx'
import { Age } from '../../frame/age.tsx'
import { MonthPicker } from '../../frame/month-picker.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { monthName, useMonth } from '../../frame/use-month.ts'
import type { DashboardAllocationQuery } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { allocationQuery } from './allocation.query.ts'
import { AllocationTable } from './allocation-table.tsx'
import { PoolTable } from './pool-table.tsx'

type Found = NonNullable<DashboardAllocationQuery['costAllocation']>

/** The bill of a month, divided among the customers of the registry. */
export default function Allocation() {
  const [month] = useMonth()
  const answer = useAnswer(allocationQuery, { month })
  const found = answer.data?.costAllocation
  return (
    <Page
      title={`Allocation of ${monthName(month)}`}
      subtitle={found && <Basis allocation={found} />}
      controls={
        <>
          <MonthPicker />
          <DownloadButton file="allocation.csv" parameters={{ month }} label="CSV" />
        </>
      }
    >
      <Section
        title="By customer"
        about="Own lines and shared cost. Customers and the unallocated part sum to the bill, to the cent."
        minHeight={270}
      >
        <AnswerView answer={answer} rows={8}>
          {({ costAllocation }) =>
            costAllocation ? (
              <AllocationTable allocation={costAllocation} month={month} origin={answer.origin} />
            ) : (
              !answer.error && <Empty>There is no bill for this month yet. Choose another month.</Empty>
            )
          }
        </AnswerView>
      </Section>
      {found && (
        <Grid>
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <Section title="Shared pools" about="Lines that no customer claims, and how their cost is divided.">
              <PoolTable allocation={found} origin={answer.origin} />
            </Section>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Proof allocation={found} />
          </Grid.Col>
        </Grid>
      )}
    </Page>
  )
}

function Basis({ allocation: { basis, asOf, stale, buyer } }: { readonly allocation: Found }) {
  return (
    <>
      {basis === 'INVOICE' ? 'Of the bill' : 'Of the quotation, not final'} of project {buyer.name ?? buyer.nativeId},{' '}
      <Age asOf={asOf} />
      {stale && ' (older data)'}
    </>
  )
}

function Proof({ allocation: { fingerprint, taxRounding, notices } }: { readonly allocation: Found }) {
  return (
    <Section title="Fingerprint" about="The same when the month was closed: the same shares.">
      <Code block tabIndex={0} aria-label="Fingerprint" className="wrapped">
        {fingerprint}
      </Code>
      <Text size="sm" c="dimmed" mt="sm">
        Tax that the bill does not state is rounded{' '}
        {taxRounding === 'HALF_EVEN' ? 'half to the even cent' : 'half away from zero'}.
      </Text>
      {notices.map(({ code, message }) => (
        <Alert key={code + message} color="yellow" variant="light" mt="sm">
          {message}
        </Alert>
      ))}
    </Section>
  )
}
