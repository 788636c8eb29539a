/** A customer hosted on the company's cloud account: known by what the names of its resources begin with, and by nothing else. */
export interface Customer {
  readonly kind: 'Customer'
  /** At least one character. */
  readonly prefix: string
}
