import { compareDecimals, formatDecimal } from '../decimal.js'
import { type LineItem, resourceName } from '../line-item.js'
import { addMoney, type Money, subtractMoney, sumMoney, zeroMoney } from '../money.js'
import type { Difference } from './difference.js'

/** Resources that a message names. */
const MAX_NAMES = 5

/** What was on-charged, and what of. */
interface OnCharge {
  readonly costLines: readonly LineItem[]
  /** Billed lines with a marker. */
  readonly marked: readonly LineItem[]
  /** Billed lines without one. */
  readonly unmarked: readonly LineItem[]
  /** The sum of the lines with a marker. */
  readonly onCharged: Money
  /** To the currency of the invoices. */
  readonly convert: (amount: Money) => Money | null
}

/**
 * From the cost to what was on-charged: first what was left out, where the names of the billed lines tell it, and then the rest.
 *
 * @param cost in the currency of the invoices
 */
export function toOnCharged(cost: Money, onCharge: OnCharge): readonly Difference[] {
  const { marked, onCharged } = onCharge
  const leftOut = leftOutOf(onCharge)
  if (leftOut.length > 0) {
    const rest = leftOut.map(({ amount }) => amount).reduce(addMoney, cost)
    return [...leftOut, changed('The on-charged resources cost', rest, onCharged, marked.length + leftOut.length)]
  }
  if (marked.length > 0) return [changed('The cost is', cost, onCharged, marked.length)]
  const amount = subtractMoney(onCharged, cost)
  return [{ cause: 'NOT_ON_CHARGED', amount, invoice: null, message: 'No line of an invoice on-charges this cost.' }]
}

/** Resources that no marked line names; `[]` when the names of the lines do not tell. */
function leftOutOf({ costLines, marked, unmarked, convert }: OnCharge): readonly Difference[] {
  const resources = new Set(costLines.map(resourceName))
  const onCharged = marked.map(line => resourceIn(line, resources))
  // Such a line may stand for any of the resources.
  if (onCharged.includes(null)) return []
  const { billed = [], missing = [] } = groupLeftOut(
    costLines,
    new Set(onCharged),
    new Set(unmarked.map(line => resourceIn(line, resources))),
  )
  // Without any name that is known, nothing was matched.
  if (marked.length === 0 && billed.length === 0) return []
  return [
    ...notOnCharged(missing, convert, names => `No line of an invoice on-charges ${names}.`),
    ...notOnCharged(billed, convert, names => `Only lines without an on-charge marker name ${names}.`),
  ]
}

function groupLeftOut(
  costLines: readonly LineItem[],
  onCharged: ReadonlySet<string | null>,
  billed: ReadonlySet<string | null>,
) {
  const leftOut = costLines.filter(line => !onCharged.has(resourceName(line)))
  return Object.groupBy(leftOut, line => (billed.has(resourceName(line)) ? 'billed' : 'missing'))
}

/** The one resource that a billed line names by its whole name or by a word of it; null for none, and for several. */
function resourceIn({ name }: LineItem, resources: ReadonlySet<string | null>): string | null {
  const [found = null, ...others] = new Set([name, ...name.split(/[\s,;:()]+/u)].filter(text => resources.has(text)))
  return others.length === 0 ? found : null
}

function notOnCharged(
  lines: readonly LineItem[],
  convert: OnCharge['convert'],
  toMessage: (names: string) => string,
): readonly Difference[] {
  const [first] = lines
  const cost =
    first &&
    convert(
      sumMoney(
        lines.map(line => line.cost.net),
        first.cost.net.currency,
      ),
    )
  if (!cost || cost.digits === 0n) return []
  const amount = subtractMoney(zeroMoney(cost.currency), cost)
  return [{ cause: 'NOT_ON_CHARGED', amount, invoice: null, message: toMessage(namesOf(lines)) }]
}

/** The resources of some lines, without those that cost nothing; of many the first five. */
function namesOf(lines: readonly LineItem[]): string {
  const names = [...new Set(lines.filter(({ cost }) => cost.net.digits !== 0n).map(resourceName))]
  const rest = names.length - MAX_NAMES
  return names.slice(0, MAX_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** @param amounts the number of amounts that may be rounded */
function changed(subject: string, cost: Money, onCharged: Money, amounts: number): Difference {
  const amount = subtractMoney(onCharged, cost)
  // Each is rounded by half a cent at most.
  const isRounding = compareDecimals(absolute(amount), { digits: BigInt(amounts) * 5n, scale: 3 }) <= 0
  const message = isRounding
    ? 'The on-charged lines are rounded to cents.'
    : `${subject} ${textOf(cost)}, and ${textOf(onCharged)} was on-charged: it changed since, or a markup was added.`
  return { cause: isRounding ? 'ROUNDING' : 'CHANGED_SINCE', amount, invoice: null, message }
}

function absolute(amount: Money): Money {
  return amount.digits < 0n ? { ...amount, digits: -amount.digits } : amount
}

function textOf(amount: Money): string {
  return `${formatDecimal(amount)} ${amount.currency}`
}
