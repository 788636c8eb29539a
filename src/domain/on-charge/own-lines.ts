import { onChargeMarkerOf } from '../economics/on-charge-marker.js'
import type { Invoice } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import { addMoney, type Money } from '../money.js'
import type { YearMonth } from '../period.js'
import { type ChargedMonth, readChargeMarker } from './charged-month.js'
import { OnChargeRefusedError } from './refusal.js'
import { serviceMonthOf } from './service-months.js'

/** A line that charges the month already. */
export interface OwnLine {
  readonly invoice: Invoice
  readonly line: LineItem
  readonly marker: string
  /** Of what it charges. */
  readonly identity: string
  /** Counts the lines with one identity. */
  readonly number: number
  readonly cost: Money
}

/** What a customer's invoices have of on-charged lines. Cancelled invoices bill nothing, and are left out. */
export interface OnChargedLines {
  /** Those of the month, in the order of the invoices. */
  readonly own: readonly OwnLine[]
  /** What was charged for other months, without tax. */
  readonly otherMonths: ReadonlyMap<YearMonth, Money>
  /** Lines whose marker no month of the customer explains. Nothing is done to them. */
  readonly unexplained: readonly { readonly invoiceId: string; readonly line: LineItem }[]
}

/**
 * Finds the lines that charge the month, by their markers alone.
 *
 * @param identities of the lines that the month should have: one of them may have been renamed by hand
 * @throws OnChargeRefusedError when another buyer of the customer was charged for the month
 */
export function findOwnLines(
  { customerKey, buyerId, month }: ChargedMonth,
  invoices: readonly Invoice[],
  identities: ReadonlySet<string>,
): OnChargedLines {
  const own: OwnLine[] = []
  const unexplained: { invoiceId: string; line: LineItem }[] = []
  const otherMonths = new Map<YearMonth, Money>()
  for (const invoice of invoices.filter(({ state }) => state !== 'CANCELLED')) {
    for (const line of invoice.lineItems ?? []) {
      const marker = onChargeMarkerOf(line)
      if (marker === null) continue
      const { identity, number } = readChargeMarker(marker)
      const cost = line.cost.net
      const found = identities.has(identity) ? month : serviceMonthOf(line, invoice, customerKey)
      if (found === null) unexplained.push({ invoiceId: invoice.nativeId, line })
      else if (found !== month) otherMonths.set(found, addTo(otherMonths.get(found), cost))
      else if (invoice.buyer.nativeId === buyerId) own.push({ invoice, line, marker, identity, number, cost })
      else throw chargedElsewhere(invoice, month)
    }
  }
  return { own, otherMonths, unexplained }
}

/** Amounts of another currency than the first are left out: they serve for a comparison only. */
function addTo(sum: Money | undefined, cost: Money): Money {
  if (sum === undefined) return cost
  return sum.currency === cost.currency ? addMoney(sum, cost) : sum
}

function chargedElsewhere({ nativeId, buyer }: Invoice, month: YearMonth): OnChargeRefusedError {
  const message = `The cost of ${month} was on-charged to buyer ${buyer.nativeId}, on invoice ${nativeId}: name that buyer.`
  return new OnChargeRefusedError('CONFLICT', message, 'customer')
}
