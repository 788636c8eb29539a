import type { BillingSource } from './source.js'

/** A postal address as entered; nothing in it is parsed. */
export interface Address {
  /** Street lines, without empty ones. */
  readonly lines: readonly string[]
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
  /** A name or an ISO code: 3scale mixes both. */
  readonly country: string | null
  readonly phone: string | null
}

/** The issuer of an invoice: Catalyst Cloud, or the company's 3scale tenant. */
export interface Provider {
  readonly kind: 'Provider'
  readonly source: BillingSource
  readonly nativeId: string
  readonly name: string
  readonly address: Address | null
}

/** The recipient of an invoice. Catalyst: project. 3scale: buyer account. */
export interface Buyer {
  readonly kind: 'Buyer'
  readonly source: BillingSource
  /** OpenStack project id, or 3scale account id. */
  readonly nativeId: string
  /** Null for a deleted 3scale buyer, and for a project without a name in the rating service. */
  readonly name: string | null
  readonly deleted: boolean
  readonly address: Address | null
}

/** A buyer with the details that only its 3scale account has. */
export interface BuyerAccount {
  readonly buyer: Buyer
  /** As named by 3scale: approved, pending, suspended, … */
  readonly state: string
}
