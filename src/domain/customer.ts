import type { CustomerClaim } from './customer-registry.js'

/** A registered customer, as far as a caller may see it. */
export interface VisibleCustomer {
  readonly key: string
  readonly name: string
  /** The claims that the caller may see, in the order of the registry; `[]` when it may see the revenue only. */
  readonly claims: readonly CustomerClaim[]
  /** The native ids of the 3scale accounts that the caller may see. */
  readonly buyers: readonly string[]
  /** True when no claim and no part of one is hidden, so that the visible cost is the whole cost. */
  readonly seesAllCost: boolean
  /** True when no buyer is hidden, so that the visible revenue is the whole revenue. */
  readonly seesAllRevenue: boolean
}

/** A customer hosted on the company's cloud account. */
export interface Customer {
  readonly kind: 'Customer'
  /**
   * The prefix of its resource names, 1 to 255 characters; that of the first visible claim of a registered customer, and '' for one
   * without a visible claim.
   */
  readonly prefix: string
  /** Null for a prefix that no visible customer of the registry claims. */
  readonly registered: VisibleCustomer | null
}

/** The customer with a prefix that no visible customer of the registry claims. */
export function unregisteredCustomer(prefix: string): Customer {
  return { kind: 'Customer', prefix, registered: null }
}

/** A registered customer. */
export function registeredCustomer(registered: VisibleCustomer): Customer {
  return { kind: 'Customer', prefix: registered.claims[0]?.prefix ?? '', registered }
}

/** True for text that can be a registered customer's key: 1 to 63 letters, digits, dots, dashes and underscores. */
export function isCustomerKey(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)
}

/** Maximum length of a prefix: OpenStack limits resource names to 255 characters. */
export const MAX_PREFIX_LENGTH = 255

/** True for text that can be a customer's prefix: not empty, and no longer than a resource name. */
export function isCustomerPrefix(prefix: unknown): prefix is string {
  return typeof prefix === 'string' && prefix !== '' && prefix.length <= MAX_PREFIX_LENGTH
}
