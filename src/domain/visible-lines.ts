import type { CustomerCost } from './customer-cost.js'
import type { Invoice } from './invoice.js'
import { type LineItem, resourceName } from './line-item.js'
import type { Quotation } from './quotation.js'

/** Says of a resource's name whether its lines are to be seen. */
export type IsVisible = (name: string | null) => boolean

/**
 * The bills as they look to somebody who may see the lines of some resources only: with just these, counted from the first of
 * them on, since their places among all would tell how many others there are. A bill without any such line is left out: that it
 * is there is not for him to know. Totals and the rest are still the bills': they are for reading costs from, not for showing.
 */
export function onlyVisibleLines(bills: readonly Invoice[], isVisible: IsVisible): readonly Invoice[] {
  const seen = bills.map(bill => ({ ...bill, lineItems: bill.lineItems && pick(bill.lineItems, isVisible) }))
  return seen.filter(({ lineItems }) => lineItems?.length !== 0)
}

/** The same of a running month; each region's lines have places of their own. Null when there is no such line. */
export function onlyVisibleQuotation(quotation: Quotation, isVisible: IsVisible): Quotation | null {
  const byDocument = Map.groupBy(quotation.lineItems ?? [], line => line.documentId)
  const lineItems = [...byDocument.values()].flatMap(lines => pick(lines, isVisible))
  return lineItems.length > 0 ? { ...quotation, lineItems } : null
}

/** The cost without anything of the bills around it: which they are, what they say of themselves, whose they are. */
export function withoutBills(cost: CustomerCost): CustomerCost {
  const lineItems = cost.lineItems.map(line => ({ ...line, invoiceId: null }))
  const notices = cost.notices.filter(({ code }) => code === 'PREFIX_OVERLAP' || code === 'TAX_COMPUTED')
  return { ...cost, invoices: [], lineItems, notices, buyer: { ...cost.buyer, name: null } }
}

function pick(lines: readonly LineItem[], isVisible: IsVisible): readonly LineItem[] {
  const visible = lines.filter(line => isVisible(resourceName(line)))
  return visible.map((line, position) => ({ ...line, position, invoiceId: null }))
}
