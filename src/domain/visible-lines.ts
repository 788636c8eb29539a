import type { CustomerCost } from './customer-cost.js'
import type { Invoice } from './invoice.js'
import { type LineItem, resourceName } from './line-item.js'
import type { NoticeCode } from './notice.js'
import type { Quotation } from './quotation.js'

/** True when the lines of a resource name are visible; null is a resource without a name. */
export type IsVisible = (name: string | null) => boolean

/**
 * The bills with their visible lines only. Positions are renumbered, because the original ones reveal the number of hidden lines.
 * A bill without visible lines is left out, because its existence is not visible either. Totals and other fields are still those
 * of the whole bill: the result is for computing costs, not for display.
 */
export function onlyVisibleLines(bills: readonly Invoice[], isVisible: IsVisible): readonly Invoice[] {
  const seen = bills.map(bill => ({ ...bill, lineItems: bill.lineItems && pick(bill.lineItems, isVisible) }))
  return seen.filter(({ lineItems }) => lineItems?.length !== 0)
}

/** A quotation with its visible lines only, renumbered per region; null when there are none. */
export function onlyVisibleQuotation(quotation: Quotation, isVisible: IsVisible): Quotation | null {
  const byDocument = Map.groupBy(quotation.lineItems ?? [], line => line.documentId)
  const lineItems = [...byDocument.values()].flatMap(lines => pick(lines, isVisible))
  return lineItems.length > 0 ? { ...quotation, lineItems } : null
}

/** Notices that say nothing about the bill besides its visible lines. */
const OF_LINES: ReadonlySet<NoticeCode> = new Set(['PREFIX_OVERLAP', 'TAX_COMPUTED', 'NO_MATCH'])

/** The cost without the fields of its bills: their identity, their notices and the buyer's name. */
export function withoutBills(cost: CustomerCost): CustomerCost {
  const lineItems = cost.lineItems.map(line => ({ ...line, invoiceId: null }))
  const notices = cost.notices.filter(({ code }) => OF_LINES.has(code))
  return { ...cost, invoices: [], lineItems, notices, buyer: { ...cost.buyer, name: null } }
}

function pick(lines: readonly LineItem[], isVisible: IsVisible): readonly LineItem[] {
  const visible = lines.filter(line => isVisible(resourceName(line)))
  return visible.map((line, position) => ({ ...line, position, invoiceId: null }))
}
