import { Alert, Grid, Group, List } from '@mantine/core'
import { useState } from 'react'
import { DownloadButton } from '../../exports/download-button.tsx'
import { Age } from '../../frame/age.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { systemName } from '../../frame/source-banner.tsx'
import type { DashboardInvoiceQuery } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { LineTable } from '../../lines/line-table.tsx'
import { ShareTable } from '../../lines/share-table.tsx'
import { InvoiceStateBadge } from '../invoices/invoice-state.tsx'
import { invoiceLinesQuery, invoiceQuery } from './invoice.query.ts'
import { InvoiceFacts } from './invoice-facts.tsx'
import { InvoiceTotal } from './invoice-total.tsx'
import { Payments } from './payments.tsx'

type Found = NonNullable<DashboardInvoiceQuery['invoice']>

/** One invoice: its parties, amounts, lines and payments. */
export default function Invoice({ id }: { readonly id: string }) {
  const answer = useAnswer(invoiceQuery, { id })
  const invoice = answer.data?.invoice
  return (
    <Page
      title={invoice ? titleOf(invoice) : 'Invoice'}
      subtitle={
        invoice && (
          <Group gap="xs" component="span">
            <InvoiceStateBadge state={invoice.state} />
            <Age asOf={invoice.asOf} />
            {invoice.stale && ' (older data)'}
          </Group>
        )
      }
      controls={invoice && <LinesDownload invoice={invoice} />}
    >
      <AnswerView answer={answer} rows={6}>
        {({ invoice: found }) =>
          found ? (
            <Grid>
              <Grid.Col span={{ base: 12, md: 7 }}>
                <InvoiceFacts invoice={found} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 5 }}>
                <InvoiceTotal invoice={found} origin={answer.origin} />
              </Grid.Col>
              {found.notices.length > 0 && (
                <Grid.Col span={12}>
                  <Notices notices={found.notices} />
                </Grid.Col>
              )}
            </Grid>
          ) : (
            !answer.error && (
              <Empty>There is no such invoice, or your key may not see it. Look for it in the list.</Empty>
            )
          )
        }
      </AnswerView>
      <Lines id={id} />
      {invoice?.source === 'THREESCALE' && <Payments invoice={invoice} origin={answer.origin} />}
    </Page>
  )
}

function titleOf({ number, source, period }: Found): string {
  return number ? `Invoice ${number}` : `Bill of ${systemName(source)}, ${period.month}`
}

function LinesDownload({ invoice: { period, ledger } }: { readonly invoice: Found }) {
  const { month } = period
  return (
    <DownloadButton
      file="lines.csv"
      parameters={{ from: month, to: month, ledger: ledger.toLowerCase() }}
      label={`All lines of ${month} as CSV`}
    />
  )
}

function Notices({ notices }: { readonly notices: Found['notices'] }) {
  return (
    <Alert color="yellow" variant="light" title="About these figures">
      <List size="sm">
        {notices.map(({ code, message }) => (
          <List.Item key={code + message}>{message}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function Lines({ id }: { readonly id: string }) {
  const [after, setAfter] = useState<string | null>(null)
  const answer = useAnswer(invoiceLinesQuery, { id, after })
  const isCloud = answer.data?.invoice?.byCategory?.some(({ key }) => key !== '')
  const { asOf, stale } = answer.data?.invoice ?? {}
  const facts = { origin: answer.origin, asOf, isStale: stale }
  return (
    <Grid>
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Section title="Lines" minHeight={280}>
          <AnswerView answer={answer} rows={8}>
            {({ invoice }) =>
              invoice?.lineItems ? (
                <LineTable lines={invoice.lineItems} onPage={setAfter} isLater={after !== null} {...facts} />
              ) : answer.error ? null : (
                <Empty>The billing system does not list the lines of this document.</Empty>
              )
            }
          </AnswerView>
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Section title={isCloud ? 'By category' : 'By type'} minHeight={280}>
          <AnswerView answer={{ ...answer, error: undefined }} rows={8}>
            {({ invoice }) => (
              <ShareTable
                shares={isCloud ? invoice?.byCategory : invoice?.byType}
                dimension={isCloud ? 'Category' : 'Type'}
                isKnown={!answer.error}
                {...facts}
              />
            )}
          </AnswerView>
        </Section>
      </Grid.Col>
    </Grid>
  )
}
