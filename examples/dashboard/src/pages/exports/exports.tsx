import { Group, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { DownloadButton } from '../../exports/download-button.tsx'
import { MonthPicker } from '../../frame/month-picker.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { monthName, monthsAfter, useMonth } from '../../frame/use-month.ts'

const RANGES = [
  { value: '1', label: 'This month' },
  { value: '3', label: 'Three months' },
  { value: '12', label: 'Twelve months' },
]

/** Files for spreadsheets and other programs. */
export default function Exports() {
  const [month] = useMonth()
  const [count, setCount] = useState('1')
  const range = { from: monthsAfter(month, 1 - Number(count)), to: month }
  return (
    <Page title="Exports" subtitle="Files for spreadsheets and accounting" controls={<MonthPicker />}>
      <NativeSelect
        label={`Months up to ${monthName(month)}`}
        data={RANGES}
        value={count}
        onChange={event => setCount(event.currentTarget.value)}
        maw={260}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <File title="All lines" about="Every line item of both systems, a row each, with its invoice and amounts.">
          <DownloadButton file="lines.csv" parameters={range} label="lines.csv" />
          <DownloadButton file="lines.ndjson" parameters={range} label="lines.ndjson" />
        </File>
        <File title="FOCUS" about="The same lines in the columns of the FinOps FOCUS standard, for cost tools.">
          <DownloadButton file="focus.csv" parameters={range} label="focus.csv" />
          <DownloadButton file="focus.ndjson" parameters={range} label="focus.ndjson" />
        </File>
        <File title="Xero" about="Invoices to customers as a file that Xero imports.">
          <DownloadButton file="xero.csv" parameters={range} label="xero.csv" />
        </File>
        <File title="Allocation" about={`The bill of ${monthName(month)}, divided among the customers.`}>
          <DownloadButton file="allocation.csv" parameters={{ month }} label="allocation.csv" />
        </File>
      </SimpleGrid>
    </Page>
  )
}

interface FileProps {
  readonly title: string
  readonly about: string
  readonly children: React.ReactNode
}

function File({ title, about, children }: FileProps) {
  return (
    <Section title={title}>
      <Stack gap="sm">
        <Text size="sm">{about}</Text>
        <Group gap="xs">{children}</Group>
      </Stack>
    </Section>
  )
}
