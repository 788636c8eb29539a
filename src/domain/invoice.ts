import type { LineItem } from './line-item.js'
import type { Notice } from './notice.js'
import type { Buyer, Provider } from './party.js'
import type { LocalDate, Period } from './period.js'
import type { BillingSource } from './source.js'
import type { TaxedMoney } from './taxed-money.js'

/** The state of an invoice. */
export type InvoiceState = 'OPEN' | 'FINALIZED' | 'PENDING' | 'UNPAID' | 'PAID' | 'FAILED' | 'CANCELLED' | 'UNKNOWN'

/** How an invoice was created. MANUAL: by a person or the API. BACKGROUND: by 3scale's billing job. */
export type CreationType = 'MANUAL' | 'BACKGROUND' | 'UNKNOWN'

/** An invoice from either billing system. */
export interface Invoice {
  readonly kind: 'Invoice'
  readonly source: BillingSource
  /** Unique within its source: 3scale `1201`; Catalyst `<project>/<bill date>`, since it has no id. */
  readonly nativeId: string
  /** 3scale's friendly id, which is not unique; null for Catalyst. */
  readonly number: string | null
  readonly state: InvoiceState
  /** The state as named by the upstream. */
  readonly rawState: string | null
  readonly creationType: CreationType | null
  readonly period: Period
  readonly issuedOn: LocalDate | null
  readonly dueOn: LocalDate | null
  /** RFC 3339, UTC. */
  readonly paidAt: string | null
  readonly provider: Provider
  readonly buyer: Buyer
  readonly total: TaxedMoney
  /** In the order billed; null when only the summary was read. */
  readonly lineItems: readonly LineItem[] | null
  /** The number of attempts to charge it; null where the billing system does not tell. */
  readonly paymentCount: number | null
  readonly notices: readonly Notice[]
  /** When the upstream returned the data; RFC 3339, UTC. */
  readonly asOf: string
  readonly stale: boolean
}

/**
 * The invoice with a notice that its lines are missing.
 *
 * @param reason completes `The upstream has this bill but …`
 */
export function linesUnavailable(invoice: Invoice, reason: string): Invoice {
  const message = `The upstream has this bill but ${reason}. Its total may include charges that the list of lines leaves out.`
  return { ...invoice, notices: [...invoice.notices, { code: 'LINES_UNAVAILABLE', message, difference: null }] }
}
