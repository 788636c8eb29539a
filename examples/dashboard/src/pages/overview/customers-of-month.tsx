import { Anchor, Box, Table, Text } from '@mantine/core'
import { Link } from 'wouter'
import { MoreRows } from '../../frame/more-rows.tsx'
import { monthName } from '../../frame/use-month.ts'
import type { DashboardCustomersOfMonthQuery, DashboardOverviewQuery } from '../../gql/graphql.ts'
import { AnswerView, Empty } from '../../graph/answer-view.tsx'
import type { Answer } from '../../graph/use-answer.ts'
import { percentOf } from '../../money/decimal.ts'
import { Figure, type FigureFacts } from '../../money/figure.tsx'
import { Figures } from '../../money/figures.tsx'
import { gapsInWords } from '../../money/gaps.ts'
import { type Money, restOf } from '../../money/money.ts'
import { ageOf, netsOf } from './month-figures.tsx'

type Connection = NonNullable<DashboardCustomersOfMonthQuery['customers']>
type Customer = Connection['nodes'][number]

interface CustomersOfMonthProps {
  readonly month: string
  readonly answer: Answer<DashboardCustomersOfMonthQuery>
  readonly overview: Answer<DashboardOverviewQuery>
}

/** Cost, revenue and margin of each registered customer, and the rest up to the totals of the month. */
export function CustomersOfMonth({ month, answer, overview }: CustomersOfMonthProps) {
  return (
    <AnswerView answer={answer} rows={6}>
      {({ customers }) =>
        customers && customers.nodes.length > 0 ? (
          <div className="scroll">
            <Table verticalSpacing={8} horizontalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Customer</Table.Th>
                  <Table.Th className="amount">Cost</Table.Th>
                  <Table.Th className="amount">Revenue</Table.Th>
                  <Table.Th className="amount" visibleFrom="sm">
                    Margin
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {customers.nodes.map(customer => (
                  <CustomerRow key={customer.id} customer={customer} month={month} origin={answer.origin} />
                ))}
              </Table.Tbody>
              <Sums customers={customers} month={month} overview={overview} />
            </Table>
            <MoreRows connection={customers} noun="customers" readOn={answer.readOn} />
          </div>
        ) : (
          <Empty>
            No customer is registered that your key may see. Set CUSTOMERS_FILE on the gateway, or{' '}
            <Anchor component={Link} href="/customers" underline="always">
              look for a prefix
            </Anchor>
            .
          </Empty>
        )
      }
    </AnswerView>
  )
}

interface CustomerRowProps {
  readonly customer: Customer
  readonly month: string
  readonly origin: Answer<unknown>['origin']
}

function CustomerRow({ customer, month, origin }: CustomerRowProps) {
  const { key, name, prefix, margin } = customer
  const href = key
    ? `/customers/key/${encodeURIComponent(key)}?month=${month}`
    : `/customers/prefix/${encodeURIComponent(prefix)}?month=${month}`
  const common = {
    origin,
    about: `${name ?? prefix}, ${monthName(month)}`,
    asOf: margin?.asOf,
    isStale: margin?.gaps.includes('STALE'),
    rowsHref: href,
  }
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Anchor component={Link} href={href}>
          {name ?? prefix}
        </Anchor>
        <Box hiddenFrom="sm" fz="xs">
          margin <MarginOf customer={customer} size="sm" {...common} />
        </Box>
      </Table.Th>
      <Table.Td className="amount">
        <Figure of="customerCost" money={margin?.cost} {...common} />
      </Table.Td>
      <Table.Td className="amount">
        <Figure of="customerRevenue" money={margin?.revenue} {...common} />
      </Table.Td>
      <Table.Td className="amount" visibleFrom="sm">
        <MarginOf customer={customer} {...common} />
      </Table.Td>
    </Table.Tr>
  )
}

interface MarginOfProps extends Omit<FigureFacts, 'of' | 'money'> {
  readonly customer: Customer
  readonly size?: 'sm'
}

/** The margin with its part of the revenue, or why there is none. */
function MarginOf({ customer: { margin }, ...facts }: MarginOfProps) {
  if (!margin?.amount) {
    return (
      <Text span size="xs" c="dimmed" className="reason">
        {gapsInWords(margin?.gaps ?? []) || 'not visible'}
      </Text>
    )
  }
  return (
    <>
      <Figure of="margin" money={margin.amount} {...facts} />
      {margin.rate && (
        <Text span size="xs" c="dimmed" display="block">
          {percentOf(margin.rate)}
          {margin.exchangeRate && `, at a rate of ${margin.exchangeRate}`}
        </Text>
      )}
    </>
  )
}

interface SumsProps {
  readonly customers: Connection
  readonly month: string
  readonly overview: Answer<DashboardOverviewQuery>
}

/** The rest, so that the rows add up, and the totals of the month. */
function Sums({ customers: { nodes, totalCount, pageInfo }, month, overview: { data, origin } }: SumsProps) {
  const [costs, revenues] = [netsOf(data?.costs?.total), netsOf(data?.revenues?.total)]
  const common = { origin, about: monthName(month) }
  // A month without documents has no total that the rows could add up to: the cost of the running month is a quotation.
  const rest = (totals: readonly Money[] | null, parts: readonly (Money | null)[] | null) =>
    totals !== null && totals.length > 0 && parts !== null
      ? restOf(
          totals,
          parts.filter(part => part !== null),
        )
      : null
  return (
    <Table.Tfoot>
      <Table.Tr>
        <Table.Th scope="row" fw={400}>
          Everything else
          {pageInfo.hasNextPage && `, with ${(totalCount ?? 0) - nodes.length} customers that are not shown`}
        </Table.Th>
        <Table.Td className="amount">
          <Figures
            of="unclaimedCost"
            amounts={rest(costs, partsOf(nodes, 'cost'))}
            rowsHref={`/allocation?month=${month}`}
            isComputed
            {...common}
          />
        </Table.Td>
        <Table.Td className="amount">
          <Figures
            of="otherRevenue"
            amounts={rest(revenues, partsOf(nodes, 'revenue'))}
            rowsHref={`/invoices?ledger=REVENUE&from=${month}&to=${month}`}
            isComputed
            {...common}
          />
        </Table.Td>
        <Table.Td visibleFrom="sm" />
      </Table.Tr>
      <Table.Tr>
        <Table.Th scope="row">Total</Table.Th>
        <Table.Td className="amount">
          <Figures of="cost" amounts={costs} isBold {...common} {...ageOf(data?.costs?.nodes)} />
        </Table.Td>
        <Table.Td className="amount">
          <Figures of="revenue" amounts={revenues} isBold {...common} {...ageOf(data?.revenues?.nodes)} />
        </Table.Td>
        <Table.Td visibleFrom="sm" />
      </Table.Tr>
    </Table.Tfoot>
  )
}

/** Gaps that say why a customer has no cost or revenue, so that it adds nothing. Any other gap leaves the amount unknown. */
const NOTHING: Readonly<Record<'cost' | 'revenue', readonly string[]>> = {
  cost: ['NO_COST', 'REGISTRY_GAP'],
  revenue: ['NO_REVENUE', 'NO_BUYER'],
}

/** The amount of each customer, null for one that has none; null in all if one is not known. */
function partsOf(customers: readonly Customer[], side: 'cost' | 'revenue'): readonly (Money | null)[] | null {
  const parts = customers.map(({ margin }) => {
    if (margin?.[side]) return margin[side]
    return margin?.gaps.some(gap => NOTHING[side].includes(gap)) ? null : undefined
  })
  return parts.every(part => part !== undefined) ? parts : null
}
