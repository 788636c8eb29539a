/** A customer hosted on the company's cloud account. Its only identity is the prefix of its resource names. */
export interface Customer {
  readonly kind: 'Customer'
  /** 1 to 255 characters. */
  readonly prefix: string
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
