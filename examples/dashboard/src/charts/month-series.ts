import { barLength } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'

/** One month of a chart. The texts are shown; the numbers are the lengths of the bars alone. */
export interface MonthPoint {
  readonly month: string
  /** By series: the length of its bar, which is no figure. */
  readonly lengths: Readonly<Record<string, number>>
  /** By series: the amount as sent, or why there is none. */
  readonly texts: Readonly<Record<string, string>>
}

/** A month's amount, as the graph sends it. */
export interface MonthlyAmount {
  readonly period: { readonly month: string }
  readonly state: string
  readonly asOf?: string | null
  readonly amount?: { readonly net: Money } | null
}

/** A named series of a chart. */
export interface Series {
  readonly name: string
  readonly color: string
  readonly amounts: readonly MonthlyAmount[]
}

const STATES: Readonly<Record<string, string>> = {
  CLOSED: 'final',
  RUNNING: 'not final',
  NO_BILL: 'no bill',
  STALE: 'older data',
  UNAVAILABLE: 'not available',
  MIXED_CURRENCIES: 'several currencies',
}

/** What is known of the amount of a month, in words. */
export function stateInWords(state: string): string {
  return STATES[state] ?? state
}

/** The months of all series, oldest first. A month without an amount has no bar, never a bar of zero. */
export function pointsOf(series: readonly Series[]): readonly MonthPoint[] {
  const months = [...new Set(series.flatMap(({ amounts }) => amounts.map(({ period }) => period.month)))].toSorted()
  return months.map(month => {
    const entries = series.map(({ name, amounts }) => [name, amounts.find(one => one.period.month === month)] as const)
    return {
      month,
      lengths: Object.fromEntries(
        entries.flatMap(([name, one]) => (one?.amount ? [[name, barLength(one.amount.net.amount)]] : [])),
      ),
      texts: Object.fromEntries(entries.map(([name, one]) => [name, textOf(one)])),
    }
  })
}

function textOf(one: MonthlyAmount | undefined): string {
  if (!one) return 'no data'
  const state = stateInWords(one.state)
  return one.amount ? `${one.amount.net.amount} ${one.amount.net.currencyCode} (${state})` : state
}
