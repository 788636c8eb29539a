import { type Decimal, formatDecimal } from '../domain/decimal.js'
import { type Money, roundToCents } from '../domain/money.js'

const DOLLARS: ReadonlySet<string> = new Set(['AUD', 'CAD', 'FJD', 'HKD', 'NZD', 'SGD', 'USD'])

/** A number with thousands separators, all its decimal places shown: `-1,234.50`. */
export function formatGrouped(value: Decimal): string {
  const [whole = '', fraction] = formatDecimal(value).split('.')
  const grouped = whole.replace(/\d(?=(\d{3})+$)/g, '$&,')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** An amount as text for people, rounded to the cent: `$1,081.69 NZD`, `-$5.00 NZD`, `81.69 EUR`. */
export function formatAmount(amount: Money): string {
  const text = formatGrouped(roundToCents(amount))
  const shown = DOLLARS.has(amount.currency) ? text.replace(/^-?/, '$&$') : text
  return `${shown} ${amount.currency}`
}
