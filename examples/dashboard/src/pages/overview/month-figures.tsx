import { SimpleGrid } from '@mantine/core'
import { Tile } from '../../frame/tile.tsx'
import { monthName } from '../../frame/use-month.ts'
import type { DashboardOverviewQuery, DashboardRunningQuery } from '../../gql/graphql.ts'
import type { Answer } from '../../graph/use-answer.ts'
import { Figure } from '../../money/figure.tsx'
import { Figures } from '../../money/figures.tsx'
import { type Money, restOf } from '../../money/money.ts'

interface MonthFiguresProps {
  readonly month: string
  readonly overview: Answer<DashboardOverviewQuery>
  readonly running: Answer<DashboardRunningQuery>
}

/** The figures of the month in large letters. */
export function MonthFigures({ month, overview, running }: MonthFiguresProps) {
  const { data, origin } = overview
  const [cost, revenue] = [netsOf(data?.costs?.total), netsOf(data?.revenues?.total)]
  const common = { origin, about: monthName(month), size: 'xl' } as const
  const isLoading = overview.isLoading && !data
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      <Tile title="Cost" isLoading={isLoading} note={countOf(data?.costs?.totalCount, 'bill')}>
        <Figures {...common} of="cost" amounts={cost} {...ageOf(data?.costs?.nodes)} rowsHref={listOf('COST', month)} />
      </Tile>
      <Tile title="Revenue" isLoading={isLoading} note={countOf(data?.revenues?.totalCount, 'invoice')}>
        <Figures
          {...common}
          of="revenue"
          amounts={revenue}
          {...ageOf(data?.revenues?.nodes)}
          rowsHref={listOf('REVENUE', month)}
        />
      </Tile>
      <Tile title="Revenue less cost" isLoading={isLoading} note="without tax, per currency">
        <Figures
          {...common}
          of="surplus"
          amounts={surplusOf(cost, revenue)}
          {...ageOf([...(data?.costs?.nodes ?? []), ...(data?.revenues?.nodes ?? [])])}
          rowsHref={`/invoices?from=${month}&to=${month}`}
          isComputed
        />
      </Tile>
      <Running answer={running} />
    </SimpleGrid>
  )
}

function Running({ answer: { data, isLoading, origin } }: { readonly answer: Answer<DashboardRunningQuery> }) {
  const quotation = data?.quotation
  const forecast = quotation?.forecast
  const about = quotation ? monthName(quotation.period.month) : 'Running month'
  const age = { asOf: quotation?.asOf, isStale: quotation?.stale }
  return (
    <Tile
      title={`${about}, so far`}
      isLoading={isLoading && !data}
      note={
        forecast ? (
          <>
            expected <Figure of="forecast" size="sm" money={forecast.expected} origin={origin} about={about} {...age} />
          </>
        ) : (
          'no forecast'
        )
      }
    >
      <Figure of="quotation" size="xl" money={quotation?.total.net} origin={origin} about={about} {...age} />
    </Tile>
  )
}

/** Revenue minus cost of each currency that has both. Null while one side is not known. */
function surplusOf(cost: readonly Money[] | null, revenue: readonly Money[] | null): readonly Money[] | null {
  if (!cost?.length || !revenue?.length) return null
  const currencies = new Set(cost.map(money => money.currencyCode))
  const both = revenue.filter(money => currencies.has(money.currencyCode))
  const matching = new Set(both.map(money => money.currencyCode))
  return restOf(
    both,
    cost.filter(money => matching.has(money.currencyCode)),
  )
}

/** The stated amounts without tax; null if the system is unavailable. */
export function netsOf(totals: readonly { readonly net: Money }[] | null | undefined): readonly Money[] | null {
  return totals ? totals.map(({ net }) => net) : null
}

/** The age of the oldest document. */
export function ageOf(nodes: readonly { readonly asOf: string; readonly stale: boolean }[] | undefined) {
  return { asOf: nodes?.map(({ asOf }) => asOf).toSorted()[0], isStale: nodes?.some(({ stale }) => stale) ?? false }
}

function listOf(ledger: string, month: string): string {
  return `/invoices?ledger=${ledger}&from=${month}&to=${month}`
}

function countOf(count: number | null | undefined, noun: string): string {
  if (count === null || count === undefined) return 'not available'
  return `${count} ${noun}${count === 1 ? '' : 's'}, without tax`
}
