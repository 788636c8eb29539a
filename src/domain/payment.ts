import type { Money } from './money.js'

/** An attempt to charge a 3scale invoice. */
export interface Payment {
  readonly kind: 'Payment'
  readonly nativeId: string
  readonly invoiceId: string
  readonly success: boolean
  readonly amount: Money
  /** The payment provider's reference, for its support. */
  readonly reference: string | null
  readonly message: string | null
  /** `purchase`, … */
  readonly action: string | null
  /** RFC 3339, UTC. */
  readonly createdAt: string
}
