import { claimantsIn, customerOfBuyer, isClaimInScope, matchesClaim } from '../customer-claims.js'
import type { CustomerRegistry } from '../customer-registry.js'
import type { Invoice } from '../invoice.js'
import { type LineItem, resourceName } from '../line-item.js'

/** The registered customer of a line. */
export interface CustomerTag {
  /** The customer's key in the registry. */
  readonly customer: string
  /** The prefix of the claim that the line matches; null for a line of a 3scale invoice, whose buyer decides. */
  readonly prefix: string | null
}

/** Returns the registered customer of a line of the invoice; null for a line of none. */
export type CustomerTags = (line: LineItem) => CustomerTag | null

/** The registered customers of an invoice's lines. */
export function customerTags(
  registry: CustomerRegistry,
  invoice: Pick<Invoice, 'source' | 'buyer' | 'period'>,
): CustomerTags {
  const { source, buyer, period } = invoice
  if (source === 'THREESCALE') {
    const customer = customerOfBuyer(registry, buyer.nativeId)
    return () => customer && { customer: customer.key, prefix: null }
  }
  const scope = { projectId: buyer.nativeId, month: period.month }
  const claimantOf = claimantsIn(registry, scope)
  return line => {
    const name = resourceName(line)
    const customer = claimantOf(name)
    if (!customer) return null
    const claims = customer.claims.filter(claim => isClaimInScope(claim, scope) && matchesClaim(claim, name))
    const prefixes = claims.map(claim => claim.prefix).sort((left, right) => right.length - left.length)
    return { customer: customer.key, prefix: prefixes[0] ?? null }
  }
}
