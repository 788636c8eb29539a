import { Anchor, List, Stack, Text, ThemeIcon } from '@mantine/core'
import { Link } from 'wouter'
import { IconAlertTriangle, IconCheck } from '../../frame/icons.tsx'
import { monthName } from '../../frame/use-month.ts'
import type {
  DashboardCustomersOfMonthQuery,
  DashboardOverviewQuery,
  DashboardRunningQuery,
} from '../../gql/graphql.ts'
import { AnswerView } from '../../graph/answer-view.tsx'
import type { Answer } from '../../graph/use-answer.ts'
import { isNegative } from '../../money/decimal.ts'
import { gapsInWords } from '../../money/gaps.ts'

interface AttentionProps {
  readonly month: string
  readonly overview: Answer<DashboardOverviewQuery>
  readonly running: Answer<DashboardRunningQuery>
  readonly customers: Answer<DashboardCustomersOfMonthQuery>
}

interface Point {
  readonly text: string
  readonly href?: string
}

/** What is missing, stale or not done yet in this month, each with the page that shows more. */
export function Attention({ month, overview, running, customers }: AttentionProps) {
  return (
    <AnswerView answer={{ ...overview, error: undefined }} rows={5}>
      {data => {
        const points = [
          ...pointsOfMonth(data, month),
          ...pointsOfQuotation(running.data),
          ...pointsOfCustomers(customers.data, month),
        ]
        return (
          <Stack gap="md" align="flex-start">
            {points.length === 0 ? (
              <Calm month={month} isKnown={[overview, running, customers].every(isComplete)} />
            ) : (
              <List spacing="xs" center icon={<Mark isDone={false} />}>
                {points.map(({ text, href }) => (
                  <List.Item key={text}>
                    {href ? (
                      <Anchor component={Link} href={href} underline="always">
                        {text}
                      </Anchor>
                    ) : (
                      text
                    )}
                  </List.Item>
                ))}
              </List>
            )}
            <Anchor component={Link} href={`/close?month=${month}`} fz="sm" underline="always">
              Checklist for the close of {monthName(month)}
            </Anchor>
          </Stack>
        )
      }}
    </AnswerView>
  )
}

function isComplete({ data, error }: Answer<unknown>): boolean {
  return data !== undefined && error === undefined
}

function Calm({ month, isKnown }: { readonly month: string; readonly isKnown: boolean }) {
  if (!isKnown) return <Text c="dimmed">What is missing is not known yet.</Text>
  return (
    <List icon={<Mark isDone />}>
      <List.Item>Each invoice of {monthName(month)} is issued and paid, and each margin is known.</List.Item>
    </List>
  )
}

function Mark({ isDone }: { readonly isDone: boolean }) {
  return (
    <ThemeIcon size={22} radius="xl" variant="light" color={isDone ? 'teal' : 'yellow'} aria-hidden>
      {isDone ? <IconCheck size={14} /> : <IconAlertTriangle size={14} />}
    </ThemeIcon>
  )
}

function pointsOfMonth(data: DashboardOverviewQuery, month: string): readonly Point[] {
  const list = (states: string): string => `/invoices?ledger=REVENUE&states=${states}&from=${month}&to=${month}`
  const { costs, revenues, notIssued, notPaid } = data
  const isStale = [...(costs?.nodes ?? []), ...(revenues?.nodes ?? [])].some(({ stale }) => stale)
  return [
    ...(costs?.total ? [] : [{ text: 'The cost is not known' }]),
    ...(revenues?.total ? [] : [{ text: 'The revenue is not known' }]),
    ...(costs?.totalCount === 0 ? [{ text: 'There is no bill of Catalyst Cloud yet' }] : []),
    ...(isStale ? [{ text: 'A figure is older data, because a billing system failed' }] : []),
    ...(notIssued?.totalCount
      ? [{ text: `${countOf(notIssued.totalCount)} not issued`, href: list('OPEN,FINALIZED') }]
      : []),
    ...(notPaid?.totalCount
      ? [{ text: `${countOf(notPaid.totalCount)} issued and not paid`, href: list('PENDING,UNPAID,FAILED,UNKNOWN') }]
      : []),
    ...(costs?.nodes ?? []).flatMap(({ id, notices }) =>
      notices.map(({ message }) => ({ text: message, href: `/invoices/${encodeURIComponent(id)}` })),
    ),
  ]
}

function pointsOfQuotation(data: DashboardRunningQuery | undefined): readonly Point[] {
  const missing = data?.quotation?.missingRegions ?? []
  return missing.length === 0 ? [] : [{ text: `The quotation lacks the regions ${missing.join(', ')}` }]
}

function pointsOfCustomers(data: DashboardCustomersOfMonthQuery | undefined, month: string): readonly Point[] {
  const nodes = data?.customers?.nodes ?? []
  return nodes.flatMap(({ key, name, prefix, margin }) => {
    const href = key ? `/customers/key/${encodeURIComponent(key)}?month=${month}` : undefined
    if (margin && margin.gaps.length > 0) {
      return [{ text: `${name ?? prefix}: no margin, ${gapsInWords(margin.gaps)}`, ...(href && { href }) }]
    }
    const isLoss = margin?.amount && isNegative(margin.amount.amount)
    return isLoss ? [{ text: `${name ?? prefix} costs more than it was billed`, ...(href && { href }) }] : []
  })
}

function countOf(count: number): string {
  return count === 1 ? '1 invoice is' : `${count} invoices are`
}
