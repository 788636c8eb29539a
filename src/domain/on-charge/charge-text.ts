import type { CostDimension } from '../breakdown.js'
import { addDecimals, type Decimal, formatDecimal } from '../decimal.js'
import type { LineItem } from '../line-item.js'
import type { YearMonth } from '../period.js'
import type { ChargeKind } from './charged-month.js'
import { MAX_TEXT, storableText } from './storable-text.js'

/** The longest marker with the space before it: ` [bg1o:`, 16 characters, and a number of up to nine digits. */
const MARKER_LENGTH = 34

/** The name of the line with a fixed markup. */
export const MARKUP_NAME = 'Markup'

const MONTH_NAMES = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** `July 2017`. */
function monthName(month: YearMonth): string {
  return `${MONTH_NAMES[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
}

/** The name of the line for all lines with one value of a dimension. @param value '' for none */
export function nameOfGroup(by: CostDimension, value: string): string {
  const text = by === 'TYPE' ? sentence(value) : value
  return storableText(text, MAX_TEXT) || `Without ${by.toLowerCase()}`
}

const CORRECTION = 'Correction of '

/** The name of a line that corrects several others. */
export function correctionName(month: YearMonth): string {
  return CORRECTION + monthName(month)
}

/** What a line of that name can charge. */
export function kindsOfName(name: string): readonly ChargeKind[] {
  if (name === MARKUP_NAME) return ['COST', 'MARKUP']
  return name.startsWith(CORRECTION) ? ['COST', 'CORRECTION'] : ['COST']
}

/** The month and what was used, without the marker that follows: `July 2017: n1.router 744 hour`. */
export function chargeDescription(month: YearMonth, lines: readonly LineItem[]): string {
  const byUse = Map.groupBy(lines, line => JSON.stringify([line.resource?.product ?? line.name, line.unit]))
  const uses = [...byUse.values()].flatMap(same => (same[0] ? usage(same[0], same) : []))
  const text = uses.length === 0 ? monthName(month) : `${monthName(month)}: ${uses.join('; ')}`
  return storableText(text, MAX_TEXT - MARKER_LENGTH)
}

function usage({ resource, name, unit }: LineItem, lines: readonly LineItem[]): string {
  const quantities = lines.flatMap(({ quantity }) => quantity ?? [])
  const product = resource?.product ?? name
  const [first, ...rest] = quantities
  if (!first || quantities.length < lines.length) return product
  return [product, shortest(rest.reduce(addDecimals, first)), unit ?? ''].join(' ').trim()
}

/** Without the zeros at the end: 744.0000 is 744. */
function shortest(quantity: Decimal): string {
  return formatDecimal(quantity).replace(/\.0+$|(\.\d*?)0+$/, '$1')
}

/** `RESOURCE_USAGE` is `Resource usage`. */
function sentence(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase().replaceAll('_', ' ')
}
