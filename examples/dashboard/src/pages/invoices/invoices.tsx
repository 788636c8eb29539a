import { Alert, Button, Group, Text } from '@mantine/core'
import { DownloadButton } from '../../exports/download-button.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { systemName } from '../../frame/source-banner.tsx'
import type { DashboardInvoicesQuery } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { FilterBar } from './filter-bar.tsx'
import { InvoiceTable } from './invoice-table.tsx'
import { invoicesQuery } from './invoices.query.ts'
import { PAGE_SIZE, type SetParameters, useInvoiceFilter, variablesOf } from './use-invoice-filter.ts'

type Connection = NonNullable<DashboardInvoicesQuery['invoices']>

/** The invoices of both systems in one list. */
export default function Invoices() {
  const [parameters, setParameters] = useInvoiceFilter()
  const answer = useAnswer(invoicesQuery, variablesOf(parameters))
  const { from, to, ledger } = parameters
  return (
    <Page
      title="Invoices"
      subtitle="What the company is billed, and what it bills"
      controls={
        from && to ? (
          <DownloadButton
            file="lines.csv"
            parameters={{ from, to, ...(ledger && { ledger: ledger.toLowerCase() }) }}
            label="Lines of these months as CSV"
          />
        ) : null
      }
    >
      <Section title="Filter">
        <FilterBar parameters={parameters} onChange={setParameters} />
      </Section>
      <Section title="List" minHeight={520}>
        <AnswerView answer={answer} rows={12}>
          {({ invoices }) =>
            invoices && (
              <>
                <Missing sources={invoices.unavailable} />
                {invoices.nodes.length === 0 ? (
                  <Empty>No invoice matches. Clear a filter, or choose other months.</Empty>
                ) : (
                  <InvoiceTable invoices={invoices} origin={answer.origin} />
                )}
                <Pager invoices={invoices} onChange={setParameters} />
              </>
            )
          }
        </AnswerView>
      </Section>
    </Page>
  )
}

function Missing({ sources }: { readonly sources: Connection['unavailable'] }) {
  if (sources.length === 0) return null
  const names = sources.map(systemName).join(' and ')
  return (
    <Alert color="yellow" variant="light" role="status" title={`Invoices of ${names} are missing`}>
      The list shows the other system only, and has no totals. Retry later.
    </Alert>
  )
}

interface PagerProps {
  readonly invoices: Connection
  readonly onChange: SetParameters
}

function Pager({ invoices: { pageInfo, totalCount, nodes }, onChange }: PagerProps) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo
  return (
    <Group justify="space-between" component="nav" aria-label="Pages of the list">
      <Text size="sm" c="dimmed">
        {nodes.length} of {totalCount ?? 'an unknown number of'} invoices, {PAGE_SIZE} per page
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          disabled={!hasPreviousPage}
          onClick={() => onChange({ before: startCursor ?? '' })}
        >
          Previous page
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={!hasNextPage}
          onClick={() => onChange({ after: endCursor ?? '' })}
        >
          Next page
        </Button>
      </Group>
    </Group>
  )
}
