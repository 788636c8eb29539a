import type { CustomerCost } from './customer-cost.js'
import type { Invoice } from './invoice.js'
import { type LineItem, resourceName } from './line-item.js'
import type { Quotation } from './quotation.js'

/** Says of a resource's name whether its lines are to be seen. */
export type IsVisible = (name: string | null) => boolean

/**
 * The bill as it looks to somebody who may see the lines of some resources only: with just these, counted from the first of
 * them on, since their places among all would tell how many others there are. Its total and the rest are still the bill's: it
 * is for reading costs from, not for showing.
 */
export function onlyVisibleLines(bill: Invoice, isVisible: IsVisible): Invoice {
  return { ...bill, lineItems: bill.lineItems && pick(bill.lineItems, isVisible) }
}

/** The same of a running month; each region's lines have places of their own. */
export function onlyVisibleQuotation(quotation: Quotation, isVisible: IsVisible): Quotation {
  const byDocument = Map.groupBy(quotation.lineItems ?? [], line => line.documentId)
  const lineItems = [...byDocument.values()].flatMap(lines => pick(lines, isVisible))
  return { ...quotation, lineItems: quotation.lineItems && lineItems }
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
