import { Alert, SimpleGrid, Text } from '@mantine/core'
import { Tile } from '../../frame/tile.tsx'
import { monthName } from '../../frame/use-month.ts'
import type { DashboardCustomerQuery } from '../../gql/graphql.ts'
import type { Answer } from '../../graph/use-answer.ts'
import { percentOf } from '../../money/decimal.ts'
import { Figure } from '../../money/figure.tsx'
import { gapsInWords } from '../../money/gaps.ts'

interface CustomerFiguresProps {
  readonly answer: Answer<DashboardCustomerQuery>
  readonly month: string
}

/** Cost, revenue and margin of the month in large letters, and what to know about them. */
export function CustomerFigures({ answer: { data, isLoading, origin }, month }: CustomerFiguresProps) {
  const customer = data?.customer
  const { cost, margin } = customer ?? {}
  const about = `${customer?.name ?? customer?.prefix ?? ''}, ${monthName(month)}`
  const common = { origin, about, size: 'xl' } as const
  const waits = isLoading && !data
  const gaps = margin ? gapsInWords(margin.gaps) : ''
  const isStale = margin?.gaps.includes('STALE') ?? false
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Tile
          title="Cost"
          isLoading={waits}
          note={cost?.basis === 'QUOTATION' ? 'so far, not final' : 'own lines, without tax'}
        >
          <Figure of="customerCost" money={cost?.total.net} asOf={cost?.asOf} isStale={cost?.stale} {...common} />
        </Tile>
        <Tile
          title="Revenue"
          isLoading={waits}
          note={
            margin?.collected && (
              <>
                paid{' '}
                <Figure of="paid" size="sm" money={margin.collected} origin={origin} about={about} asOf={margin.asOf} />
              </>
            )
          }
        >
          <Figure of="customerRevenue" money={margin?.revenue} asOf={margin?.asOf} isStale={isStale} {...common} />
        </Tile>
        <Tile title="Margin" isLoading={waits} note={margin ? rateOf(margin) || gaps : ''}>
          <Figure of="margin" money={margin?.amount} asOf={margin?.asOf} isStale={isStale} {...common} />
        </Tile>
      </SimpleGrid>
      {cost && cost.notices.length > 0 && (
        <Alert color="yellow" variant="light" title="About these figures">
          {cost.notices.map(({ code, message }) => (
            <Text key={code + message} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
    </>
  )
}

type Margin = NonNullable<NonNullable<DashboardCustomerQuery['customer']>['margin']>

/** The part of the revenue that is left; with the exchange rate where cost and revenue are in two currencies. */
function rateOf({ rate, exchangeRate }: Margin): string {
  if (!rate) return ''
  return `${percentOf(rate)} of revenue${exchangeRate ? `, at a rate of ${exchangeRate}` : ''}`
}
