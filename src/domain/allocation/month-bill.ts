import type { CostBasis } from '../customer-cost.js'
import type { Invoice } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import type { Notice } from '../notice.js'
import type { Buyer } from '../party.js'
import { earliest, type Period } from '../period.js'
import type { Quotation } from '../quotation.js'
import { sumTaxedMoney, type TaxedMoney } from '../taxed-money.js'

/** Everything that a project is billed for one month. */
export interface MonthBill {
  readonly basis: CostBasis
  readonly period: Period
  readonly buyer: Buyer
  /** As stated; the sum of several documents. */
  readonly total: TaxedMoney
  readonly lineItems: readonly LineItem[]
  readonly notices: readonly Notice[]
  readonly asOf: string
  readonly stale: boolean
}

/**
 * All documents of one project and month as one bill.
 *
 * @param invoices with their lines, oldest first
 */
export function billOnInvoices(invoices: readonly [Invoice, ...Invoice[]]): MonthBill {
  const [first] = invoices
  const totals = invoices.map(invoice => invoice.total)
  return {
    basis: 'INVOICE',
    period: first.period,
    buyer: first.buyer,
    total: sumTaxedMoney(totals, first.total.net.currency),
    lineItems: invoices.flatMap(invoice => invoice.lineItems ?? []),
    notices: invoices.flatMap(invoice => invoice.notices),
    asOf: earliest([first.asOf, ...invoices.map(invoice => invoice.asOf)]),
    stale: invoices.some(invoice => invoice.stale),
  }
}

/** The running month as a bill. */
export function billOnQuotation(quotation: Quotation): MonthBill {
  const { period, buyer, total, lineItems, notices, asOf, stale } = quotation
  return { basis: 'QUOTATION', period, buyer, total, lineItems: lineItems ?? [], notices, asOf, stale }
}
