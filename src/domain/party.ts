import type { BillingSource } from './source.js'

/** A postal address as people wrote it; nothing in it is parsed. */
export interface Address {
  /** Street lines, without empty ones. */
  readonly lines: readonly string[]
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
  /** A name or a code: 3scale mixes both. */
  readonly country: string | null
  readonly phone: string | null
}

/** Who issues a bill: Catalyst Cloud, or our own 3scale tenant. */
export interface Provider {
  readonly kind: 'Provider'
  readonly source: BillingSource
  readonly nativeId: string
  readonly name: string
  readonly address: Address | null
}

/** Who is billed. Catalyst: a project. 3scale: a buyer account. */
export interface Buyer {
  readonly kind: 'Buyer'
  readonly source: BillingSource
  /** OpenStack project id, or 3scale account id. */
  readonly nativeId: string
  /** Null for a deleted 3scale buyer, and for a project whose name the rating service does not know. */
  readonly name: string | null
  readonly deleted: boolean
  readonly address: Address | null
}

/** What only a 3scale account tells about a buyer. */
export interface BuyerAccount {
  readonly buyer: Buyer
  /** 3scale's own word: approved, pending, suspended, … */
  readonly state: string
}
