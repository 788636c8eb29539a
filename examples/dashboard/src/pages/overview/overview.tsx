import { Grid } from '@mantine/core'
import { MonthChart } from '../../charts/month-chart.tsx'
import { MonthPicker } from '../../frame/month-picker.tsx'
import { Page } from '../../frame/page.tsx'
import { Section } from '../../frame/section.tsx'
import { monthName, monthsAfter, useMonth } from '../../frame/use-month.ts'
import type { DashboardOverviewQuery } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import { useAnswer } from '../../graph/use-answer.ts'
import { Attention } from './attention.tsx'
import { CustomersOfMonth } from './customers-of-month.tsx'
import { MonthFigures } from './month-figures.tsx'
import { customersOfMonthQuery, overviewQuery, runningQuery } from './overview.query.ts'

/** The month at a glance. */
export default function Overview() {
  const [month] = useMonth()
  const overview = useAnswer(overviewQuery, { month, from: monthsAfter(month, -11) })
  const running = useAnswer(runningQuery, {})
  const customers = useAnswer(customersOfMonthQuery, { month })
  return (
    <Page title={monthName(month)} subtitle="Cost, revenue and what is missing" controls={<MonthPicker />}>
      <MonthFigures month={month} overview={overview} running={running} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Section
            title="Cost by month"
            about={`Catalyst Cloud, without tax, twelve months${hasProjects(overview.data) ? ', of the first project' : ''}.`}
            minHeight={244}
          >
            <AnswerView answer={overview} rows={6}>
              {({ costOverTime }) =>
                costOverTime ? (
                  <MonthChart
                    label={`Cost by month up to ${monthName(month)}. The allocation of each month has the figures.`}
                    series={[{ name: 'Cost', color: 'var(--mantine-color-cyan-7)', amounts: costOverTime }]}
                  />
                ) : (
                  <Empty>No cost is known: Catalyst Cloud is not configured, or does not respond.</Empty>
                )
              }
            </AnswerView>
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Section title="Needs attention" minHeight={{ base: 70, lg: 262 }}>
            <Attention month={month} overview={overview} running={running} customers={customers} />
          </Section>
        </Grid.Col>
      </Grid>
      <Section
        title="By customer"
        about="What each registered customer cost and was billed. The rows add up to the totals."
        minHeight={250}
      >
        <CustomersOfMonth month={month} answer={customers} overview={overview} />
      </Section>
    </Page>
  )
}

/** True if the month has the bills of several projects. The graph's series are those of one project. */
function hasProjects(data: DashboardOverviewQuery | undefined): boolean {
  return new Set(data?.costs?.nodes.map(({ buyer }) => buyer.id)).size > 1
}
