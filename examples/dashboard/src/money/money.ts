import { type Decimal, negated, sumOf } from './decimal.ts'

/** An exact amount, as the graph sends it. */
export interface Money {
  readonly amount: Decimal
  readonly currencyCode: string
}

/** The exact sum of each currency, in the order in which they come. Amounts of different currencies are never added. */
export function sumByCurrency(amounts: readonly Money[]): readonly Money[] {
  const groups = Map.groupBy(amounts, money => money.currencyCode)
  return [...groups].map(([currencyCode, group]) => ({ currencyCode, amount: sumOf(group.map(one => one.amount)) }))
}

/** What is left of each total without the parts of the same currency. */
export function restOf(totals: readonly Money[], parts: readonly Money[]): readonly Money[] {
  const negative = parts.map(part => ({ ...part, amount: negated(part.amount) }))
  return sumByCurrency([...totals, ...negative])
}

/** How a currency is shown: XXX stands for none. */
export function currencyName(code: string): string {
  return code === 'XXX' ? 'no currency' : code
}
