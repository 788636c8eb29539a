/** How the tenant and what surrounds it behave; tests may turn these while the server runs. */
export interface Knobs {
  /** Whether billing is part of what the tenant bought. */
  isFinanceEnabled: boolean
  /** Whether nobody may use the tenant at all. */
  isSuspended: boolean
  /** What the payment gateway says to a charge; `none` is a tenant without a gateway. */
  gateway: 'approve' | 'decline' | 'none'
  /** Whether new friendly ids begin with the month or the year of the period. */
  numbering: 'monthly' | 'yearly'
  /** Whether text columns hold three bytes a character at the most, as MySQL's old `utf8` does. */
  hasNarrowText: boolean
  /** Whether `If-None-Match` and `If-Modified-Since` are looked at. */
  answersConditions: boolean
}

/** A tenant in good order. */
export const defaultKnobs: Readonly<Knobs> = {
  isFinanceEnabled: true,
  isSuspended: false,
  gateway: 'approve',
  numbering: 'monthly',
  hasNarrowText: false,
  answersConditions: true,
}
