/** Switches for the tenant and its environment. Tests may change them while the server runs. */
export interface Knobs {
  /** Whether the tenant has bought the billing module. */
  isFinanceEnabled: boolean
  /** Whether the tenant is suspended, which rejects every request. */
  isSuspended: boolean
  /** Result of a charge at the payment gateway; `none` is a tenant without a gateway. */
  gateway: 'approve' | 'decline' | 'none'
  /** Prefix of new friendly ids: the month or the year of the period. */
  numbering: 'monthly' | 'yearly'
  /** Whether text columns hold at most three bytes per character, as with MySQL's old `utf8`. */
  hasNarrowText: boolean
  /** Whether `If-None-Match` and `If-Modified-Since` are honoured. */
  honoursConditions: boolean
}

/** Switches of a normal tenant. */
export const defaultKnobs: Readonly<Knobs> = {
  isFinanceEnabled: true,
  isSuspended: false,
  gateway: 'approve',
  numbering: 'monthly',
  hasNarrowText: false,
  honoursConditions: true,
}
