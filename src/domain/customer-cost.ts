import type { Invoice } from './invoice.js'
import { type LineItem, resourceName } from './line-item.js'
import type { Notice } from './notice.js'
import type { Buyer } from './party.js'
import type { Period } from './period.js'
import { earliest } from './period.js'
import { linesWithPrefix, matchesPrefix, type PrefixMatch } from './prefix-index.js'
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

/** Selects a customer's line items. */
export interface CustomerPrefix {
  readonly prefix: string
  readonly match: PrefixMatch
}

/**
 * A customer's cost on all documents of one month: with a credit note in the month, one document is not the whole cost.
 *
 * @param invoices one or more documents of one project and one month, with their lines, oldest first
 */
export function costOnInvoices(invoices: readonly [Invoice, ...Invoice[]], customer: CustomerPrefix): CustomerCost {
  const [first] = invoices
  const lines = invoices.flatMap(invoice => linesWithPrefix(linesOf(invoice), customer.prefix))
  const notices = invoices.flatMap(invoice => invoice.notices.filter(notice => notice.code !== 'TOTAL_MISMATCH'))
  return {
    ...pick(customer, lines, first.total.net.currency),
    basis: 'INVOICE',
    period: first.period,
    buyer: first.buyer,
    invoices,
    asOf: earliest([first.asOf, ...invoices.map(invoice => invoice.asOf)]),
    stale: invoices.some(invoice => invoice.stale),
    notices: [...distinct(notices), ...mergedDocuments(invoices), ...prefixOverlap(customer, lines)],
  }
}

/** A customer's cost so far this month. */
export function costOnQuotation(quotation: Quotation, customer: CustomerPrefix): CustomerCost {
  const lines = linesWithPrefix(linesOf(quotation), customer.prefix)
  return {
    ...pick(customer, lines, quotation.total.net.currency),
    basis: 'QUOTATION',
    period: quotation.period,
    buyer: quotation.buyer,
    invoices: [],
    asOf: quotation.asOf,
    stale: quotation.stale,
    notices: [...quotation.notices, ...prefixOverlap(customer, lines)],
  }
}

function pick(customer: CustomerPrefix, lines: readonly LineItem[], currency: string) {
  const { prefix, match } = customer
  const lineItems = lines.filter(line => matchesPrefix(resourceName(line), prefix, match))
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

/** Warns of line items that STARTS_WITH matches and SEGMENT does not, such as those of customer-10 for customer-1. */
function prefixOverlap({ prefix, match }: CustomerPrefix, lines: readonly LineItem[]): readonly Notice[] {
  if (match === 'SEGMENT') return []
  const doubtful = lines.filter(
    line =>
      matchesPrefix(resourceName(line), prefix, 'STARTS_WITH') && !matchesPrefix(resourceName(line), prefix, 'SEGMENT'),
  )
  const [first] = doubtful
  if (!first) return []
  const sum = sumTaxedMoney(
    doubtful.map(line => line.cost),
    first.cost.net.currency,
  )
  const count = doubtful.length === 1 ? '1 line has' : `${doubtful.length} lines have`
  const message = `${count} a longer name, such as ${JSON.stringify(first.name)}; match: SEGMENT excludes them.`
  return [{ code: 'PREFIX_OVERLAP', message, difference: sum.net }]
}

function distinct(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map(notice => [`${notice.code} ${notice.message}`, notice])).values()]
}
