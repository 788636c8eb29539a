import { Table } from '@mantine/core'
import { MonthChart } from '../../charts/month-chart.tsx'
import { type MonthlyAmount, type Series, stateInWords } from '../../charts/month-series.ts'
import type { DashboardCustomerQuery } from '../../gql/graphql.ts'
import { Empty } from '../../graph/answer-view.tsx'
import type { Origin } from '../../graph/use-answer.ts'
import { Figure } from '../../money/figure.tsx'

type Customer = NonNullable<DashboardCustomerQuery['customer']>

interface CustomerMonthsProps {
  readonly customer: Customer
  readonly origin: Origin
}

/** Cost and revenue by month, as bars and as a table. */
export function CustomerMonths({ customer, origin }: CustomerMonthsProps) {
  const { costOverTime, revenueOverTime, name, prefix } = customer
  const costs: readonly MonthlyAmount[] = costOverTime ?? []
  const revenues: readonly MonthlyAmount[] = revenueOverTime ?? []
  if (costs.length === 0 && revenues.length === 0) return <Empty>No month of this customer is visible.</Empty>
  const about = name ?? prefix
  return (
    <>
      {chartsOf(costs, revenues).map(series => (
        <MonthChart
          key={series[0]?.name}
          label={`${series.map(({ name }) => name).join(' and ')} of ${about} by month. The table below has the figures.`}
          series={series}
        />
      ))}
      <Table verticalSpacing={3} horizontalSpacing="sm" mt="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Month</Table.Th>
            <Table.Th className="amount">Cost</Table.Th>
            <Table.Th className="amount">Revenue</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {monthsOf(costs, revenues).map(month => (
            <Table.Tr key={month}>
              <Table.Th scope="row" fw={400}>
                {month}
              </Table.Th>
              {[costs, revenues].map((series, index) => (
                <Table.Td key={index === 0 ? 'cost' : 'revenue'} className="amount">
                  <MonthFigure
                    one={series.find(({ period }) => period.month === month)}
                    about={about}
                    origin={origin}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  )
}

/** Cost and revenue in one chart; in one each where their currencies differ, because one axis cannot measure both. */
function chartsOf(costs: readonly MonthlyAmount[], revenues: readonly MonthlyAmount[]): readonly (readonly Series[])[] {
  const cost = { name: 'Cost', color: 'var(--mantine-color-cyan-7)', amounts: costs }
  if (revenues.length === 0) return [[cost]]
  const revenue = { name: 'Revenue', color: 'var(--mantine-color-orange-6)', amounts: revenues }
  const currencies = new Set([...costs, ...revenues].flatMap(({ amount }) => amount?.net.currencyCode ?? []))
  return currencies.size > 1 ? [[cost], [revenue]] : [[cost, revenue]]
}

function monthsOf(...series: readonly (readonly MonthlyAmount[])[]): readonly string[] {
  return [...new Set(series.flat().map(({ period }) => period.month))].toSorted().toReversed()
}

interface MonthFigureProps {
  readonly one: MonthlyAmount | undefined
  readonly about: string
  readonly origin: Origin
}

function MonthFigure({ one, about, origin }: MonthFigureProps) {
  if (!one) return '–'
  if (!one.amount) return stateInWords(one.state)
  return (
    <Figure
      of="monthAmount"
      money={one.amount.net}
      about={`${about}, ${one.period.month}`}
      origin={origin}
      asOf={one.asOf}
      isStale={one.state === 'STALE'}
    />
  )
}
