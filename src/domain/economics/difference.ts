import type { Invoice } from '../invoice.js'
import type { Money } from '../money.js'

/** Why two figures of a reconciliation differ. */
export type DifferenceCause =
  | 'NOT_ON_CHARGED'
  | 'CHANGED_SINCE'
  | 'NOT_ISSUED'
  | 'NOT_PAID'
  | 'FOREIGN_LINES'
  | 'CURRENCY'
  | 'ROUNDING'

/** One step of the way from cost to payment. */
export interface Difference {
  readonly cause: DifferenceCause
  /** Added to the figure before it: negative for what is missing. With the cause CURRENCY, an amount that cannot be compared. */
  readonly amount: Money
  /** Null when no single invoice causes it. */
  readonly invoice: Invoice | null
  readonly message: string
}
