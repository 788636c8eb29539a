import { Anchor, Grid, Stack } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { MonthPicker } from '../../frame/month-picker.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { monthName, monthsAfter, useMonth } from '../../frame/use-month.ts'
import type { CustomerBy } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { LineTable } from '../../lines/line-table.tsx'
import { ShareTable } from '../../lines/share-table.tsx'
import { reconciliationQuery } from '../../reconciliation/reconciliation.query.ts'
import { ReconciliationSteps } from '../../reconciliation/reconciliation-steps.tsx'
import { customerLinesQuery, customerQuery } from './customer.query.ts'
import { CustomerFigures } from './customer-figures.tsx'
import { CustomerMonths } from './customer-months.tsx'

/** A customer's month: what it cost, for what, what it was billed, and how that changes over time. */
export default function Customer({ by }: { readonly by: CustomerBy }) {
  const [month] = useMonth()
  const answer = useAnswer(customerQuery, { by, month, from: monthsAfter(month, -11) })
  const customer = answer.data?.customer
  const cost = customer?.cost
  const facts = { origin: answer.origin, asOf: cost?.asOf, isStale: cost?.stale }
  return (
    <Page
      title={customer?.name ?? by.prefix ?? 'Customer'}
      subtitle={
        customer &&
        (customer.key
          ? `Registered as ${customer.key}, for resources named ${customer.prefix}`
          : `Resources named ${customer.prefix}…, not registered`)
      }
      controls={<MonthPicker />}
    >
      <CustomerFigures answer={answer} month={month} />
      {answer.error && <AnswerView answer={answer}>{() => null}</AnswerView>}
      {answer.data && !customer && !answer.error && (
        <Empty>There is no such customer, or your key may not see it.</Empty>
      )}
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Section title="Over time" about="Without tax, twelve months." minHeight={560}>
            <AnswerView answer={{ ...answer, error: undefined }} rows={12}>
              {({ customer: found }) => found && <CustomerMonths customer={found} origin={answer.origin} />}
            </AnswerView>
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <Section title="By category" about={`Cost in ${monthName(month)}.`} minHeight={210}>
              <AnswerView answer={{ ...answer, error: undefined }} rows={5}>
                {({ customer: found }) => (
                  <ShareTable shares={found?.cost?.breakdown} dimension="Category" isKnown={!answer.error} {...facts} />
                )}
              </AnswerView>
            </Section>
            {by.key && <FromCostToPayment customerKey={by.key} month={month} />}
          </Stack>
        </Grid.Col>
      </Grid>
      <Lines by={by} month={month} />
    </Page>
  )
}

function FromCostToPayment({ customerKey, month }: { readonly customerKey: string; readonly month: string }) {
  const answer = useAnswer(reconciliationQuery, { month })
  return (
    <Section
      title="From cost to payment"
      about={
        <Anchor component={Link} href={`/on-charge?month=${month}&customer=${customerKey}`} underline="always" fz="sm">
          On-charge this month
        </Anchor>
      }
      minHeight={230}
    >
      <AnswerView answer={answer} rows={5}>
        {({ reconciliation }) => {
          const reconciled = reconciliation?.customers.find(({ customer }) => customer.key === customerKey)
          return reconciled ? (
            <ReconciliationSteps reconciled={reconciled} origin={answer.origin} />
          ) : (
            <Empty>The month cannot be compared yet.</Empty>
          )
        }}
      </AnswerView>
    </Section>
  )
}

function Lines({ by, month }: { readonly by: CustomerBy; readonly month: string }) {
  const [page, setPage] = useState<{ readonly month: string; readonly after: string } | null>(null)
  // A cursor belongs to one month.
  const after = page?.month === month ? page.after : null
  const answer = useAnswer(customerLinesQuery, { by, month, after })
  return (
    <Section title="Lines" about={`What ${monthName(month)} consists of, highest cost first.`} minHeight={300}>
      <AnswerView answer={answer} rows={8}>
        {({ customer }) => {
          const cost = customer?.cost
          if (!cost?.lineItems)
            return answer.error ? null : <Empty>There is no bill for this month. Choose another one.</Empty>
          if (cost.lineItems.nodes.length === 0) return <Empty>No resource of this month matches.</Empty>
          return (
            <LineTable
              lines={cost.lineItems}
              onPage={cursor => setPage(cursor === null ? null : { month, after: cursor })}
              isLater={after !== null}
              origin={answer.origin}
              asOf={cost.asOf}
              isStale={cost.stale}
            />
          )
        }}
      </AnswerView>
    </Section>
  )
}
