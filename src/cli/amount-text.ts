import { formatDecimal } from '../domain/decimal.js'
import { type Money, roundToCents } from '../domain/money.js'

const DOLLARS: ReadonlySet<string> = new Set(['AUD', 'CAD', 'FJD', 'HKD', 'NZD', 'SGD', 'USD'])

/** An amount as text for people, rounded to the cent: `$81.69 NZD`, `-$5.00 NZD`, `81.69 EUR`. */
export function formatAmount(amount: Money): string {
  const text = formatDecimal(roundToCents(amount))
  const shown = DOLLARS.has(amount.currency) ? text.replace(/^-?/, '$&$') : text
  return `${shown} ${amount.currency}`
}

/** An amount as text for a column of numbers, rounded to the cent: `1,329.53`, `-5.00`; without its currency. */
export function formatGrouped(amount: Money): string {
  return formatDecimal(roundToCents(amount)).replace(/\B(?=(\d{3})+(?!\d|\.\d{3}))(?<!\.\d*)/g, ',')
}
