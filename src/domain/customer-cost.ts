import type { Invoice } from './invoice.js'
import type { LineItem } from './line-item.js'
import { byPrefix, type CustomerPrefix, type LineSelection } from './line-selection.js'
import { nearestPrefixes } from './nearest-prefixes.js'
import type { Notice } from './notice.js'
import type { Buyer } from './party.js'
import type { Period } from './period.js'
import { earliest } from './period.js'
import type { PrefixMatch } from './prefix-index.js'
import type { Quotation } from './quotation.js'
import { sumTaxedMoney, type TaxedMoney } from './taxed-money.js'

/** The origin of a cost: bills, or the running month's quotation. */
export type CostBasis = 'INVOICE' | 'QUOTATION'

/** The cost of a hosted customer's resources in a month. */
export interface CustomerCost {
  readonly prefix: string
  readonly match: PrefixMatch
  readonly basis: CostBasis
  readonly period: Period
  /** The project that was billed. */
  readonly buyer: Buyer
  /** The bills of the month, oldest first; `[]` when the basis is a quotation. */
  readonly invoices: readonly Invoice[]
  readonly total: TaxedMoney
  readonly lineItems: readonly LineItem[]
  readonly notices: readonly Notice[]
  readonly asOf: string
  readonly stale: boolean
}

/**
 * A customer's cost on all documents of one month: with a credit note in the month, one document is not the whole cost.
 *
 * @param invoices one or more documents of one project and one month, with their lines, oldest first
 */
export function costOnInvoices(
  invoices: readonly [Invoice, ...Invoice[]],
  customer: CustomerPrefix | LineSelection,
): CustomerCost {
  const [first] = invoices
  const selection = toSelection(customer)
  const lines = invoices.flatMap(invoice => selection.linesOf(linesOf(invoice), invoice))
  const notices = invoices.flatMap(invoice => invoice.notices.filter(notice => notice.code !== 'TOTAL_MISMATCH'))
  return {
    ...pick(selection, lines, first.total.net.currency),
    basis: 'INVOICE',
    period: first.period,
    buyer: first.buyer,
    invoices,
    asOf: earliest([first.asOf, ...invoices.map(invoice => invoice.asOf)]),
    stale: invoices.some(invoice => invoice.stale),
    notices: [
      ...distinct(notices),
      ...mergedDocuments(invoices),
      ...selection.noticesOn(lines),
      ...noMatch(selection, lines, invoices.map(linesOf)),
    ],
  }
}

/** A customer's cost so far this month. */
export function costOnQuotation(quotation: Quotation, customer: CustomerPrefix | LineSelection): CustomerCost {
  const selection = toSelection(customer)
  const lines = selection.linesOf(linesOf(quotation), quotation)
  return {
    ...pick(selection, lines, quotation.total.net.currency),
    basis: 'QUOTATION',
    period: quotation.period,
    buyer: quotation.buyer,
    invoices: [],
    asOf: quotation.asOf,
    stale: quotation.stale,
    notices: [...quotation.notices, ...selection.noticesOn(lines), ...noMatch(selection, lines, [linesOf(quotation)])],
  }
}

function toSelection(customer: CustomerPrefix | LineSelection): LineSelection {
  return 'linesOf' in customer ? customer : byPrefix(customer)
}

/**
 * The cost of one customer and month in several projects. The buyer is the first project.
 *
 * @param costs one or more of the same month and currency
 */
export function mergeCosts(costs: readonly [CustomerCost, ...CustomerCost[]]): CustomerCost {
  const [first, ...others] = costs
  if (others.length === 0) return first
  const billed = costs.filter(({ lineItems }) => lineItems.length > 0)
  // A project without a line of the customer is no warning where another has one.
  const notices = costs.flatMap(cost => cost.notices).filter(({ code }) => code !== 'NO_MATCH' || billed.length === 0)
  const message = `The customer has lines in ${billed.length} projects; they are combined.`
  const merged: readonly Notice[] = billed.length > 1 ? [{ code: 'MERGED_DOCUMENTS', message, difference: null }] : []
  return {
    ...(billed[0] ?? first),
    invoices: costs.flatMap(cost => cost.invoices),
    lineItems: costs.flatMap(cost => cost.lineItems),
    total: sumTaxedMoney(
      costs.map(cost => cost.total),
      first.total.net.currency,
    ),
    notices: [...distinct(notices), ...merged],
    asOf: earliest([first.asOf, ...others.map(cost => cost.asOf)]),
    stale: costs.some(cost => cost.stale),
  }
}

function pick({ prefix, match }: LineSelection, lineItems: readonly LineItem[], currency: string) {
  return {
    prefix,
    match,
    lineItems,
    total: sumTaxedMoney(
      lineItems.map(line => line.cost),
      currency,
    ),
  }
}

function linesOf(document: Pick<Invoice, 'lineItems'>): readonly LineItem[] {
  return document.lineItems ?? []
}

function mergedDocuments(invoices: readonly Invoice[]): readonly Notice[] {
  if (invoices.length < 2) return []
  const dates = invoices.map(invoice => invoice.issuedOn).join(', ')
  const message = `The month has ${invoices.length} documents, dated ${dates}; their lines are combined.`
  return [{ code: 'MERGED_DOCUMENTS', message, difference: null }]
}

/** Warns that nothing matched, since the zero could be a typing error. The empty prefix matches whatever there is. */
function noMatch(
  { prefix }: CustomerPrefix,
  matched: readonly LineItem[],
  lists: readonly (readonly LineItem[])[],
): readonly Notice[] {
  if (matched.length > 0 || prefix === '') return []
  const nearest = nearestPrefixes(lists, prefix).map(one => JSON.stringify(one))
  const hint = nearest.length === 0 ? '' : ` The nearest prefixes are: ${nearest.join(', ')}.`
  const message = `No resource name of the month matches ${JSON.stringify(prefix)}.${hint}`
  return [{ code: 'NO_MATCH', message, difference: null }]
}

function distinct(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map(notice => [`${notice.code} ${notice.message}`, notice])).values()]
}
