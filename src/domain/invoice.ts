import type { LineItem } from './line-item.js'
import type { Notice } from './notice.js'
import type { Buyer, Provider } from './party.js'
import type { LocalDate, Period } from './period.js'
import type { BillingSource } from './source.js'
import type { TaxedMoney } from './taxed-money.js'

/** Where a bill stands. */
export type InvoiceState = 'OPEN' | 'FINALIZED' | 'PENDING' | 'UNPAID' | 'PAID' | 'FAILED' | 'CANCELLED' | 'UNKNOWN'

/** MANUAL: by a person or the API. BACKGROUND: by 3scale's billing job. */
export type CreationType = 'MANUAL' | 'BACKGROUND' | 'UNKNOWN'

/** A bill of either system. */
export interface Invoice {
  readonly kind: 'Invoice'
  readonly source: BillingSource
  /** Unique within its source: 3scale `1201`; Catalyst `<project>/<bill date>`, since it has no id. */
  readonly nativeId: string
  /** What people call it: 3scale's friendly id. Not unique. */
  readonly number: string | null
  readonly state: InvoiceState
  /** The upstream's own word for the state. */
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
  /** In the order billed; null when only the summary was asked for. */
  readonly lineItems: readonly LineItem[] | null
  /** False where it is known that charging it was never tried. */
  readonly hasPayments: boolean
  readonly notices: readonly Notice[]
  /** When the upstream said so; RFC 3339, UTC. */
  readonly asOf: string
  readonly stale: boolean
}

/**
 * The bill with a notice that its lines are missing.
 *
 * @param why continues `The upstream has this bill but …`
 */
export function linesUnavailable(invoice: Invoice, why: string): Invoice {
  const message = `The upstream has this bill but ${why}. Its total may count charges that the list of lines leaves out.`
  return { ...invoice, notices: [...invoice.notices, { code: 'LINES_UNAVAILABLE', message, difference: null }] }
}
