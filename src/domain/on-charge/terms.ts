import type { CostDimension } from '../breakdown.js'
import type { Decimal } from '../decimal.js'
import type { LineItem } from '../line-item.js'
import type { YearMonth } from '../period.js'
import type { ChargedMonth } from './charged-month.js'

/** What is added to the cost: a percentage of it, or a fixed amount in the currency of the invoice. */
export type Markup = { readonly percent: Decimal } | { readonly fixed: Decimal }

/** How a cost becomes lines on an invoice. */
export interface OnChargeTerms {
  readonly markup: Markup | null
  /** One line for each value of it. */
  readonly groupBy: CostDimension
  /** Times it, the cost is in the currency of the invoice; null when both have the same. */
  readonly exchangeRate: Decimal | null
  /** The month of the invoice; null for the running month. */
  readonly invoiceMonth: YearMonth | null
}

/** The cost of a closed month, complete and current. */
export interface ChargeableCost extends ChargedMonth {
  readonly lines: readonly LineItem[]
  readonly currency: string
  /** The native ids of all 3scale accounts of the customer. */
  readonly buyers: readonly string[]
}
