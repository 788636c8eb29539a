import type { CustomerClaim, CustomerRegistry, RegisteredCustomer } from './customer-registry.js'
import type { YearMonth } from './period.js'
import { matchesPrefix } from './prefix-index.js'

/** A project and a month, in which each resource name has one claimant at most. */
export interface ClaimScope {
  /** The native id of the Catalyst project. */
  readonly projectId: string
  readonly month: YearMonth
}

/** The customer with that key; null when the registry has none. */
export function customerByKey({ customers }: CustomerRegistry, key: string): RegisteredCustomer | null {
  return customers.find(customer => customer.key === key) ?? null
}

/** The customer with that 3scale account; null when the account belongs to none. */
export function customerOfBuyer({ customers }: CustomerRegistry, buyerId: string): RegisteredCustomer | null {
  return customers.find(({ buyers }) => buyers.includes(buyerId)) ?? null
}

/** The customer with a claim of exactly that prefix, in whatever project and month; of several the first. Null for none. */
export function customerByPrefix({ customers }: CustomerRegistry, prefix: string): RegisteredCustomer | null {
  return customers.find(({ claims }) => claims.some(claim => claim.prefix === prefix)) ?? null
}

/** True when the claim applies in the project and month. */
export function isClaimInScope({ projectId, from, until }: CustomerClaim, scope: ClaimScope): boolean {
  const isProject = projectId === null || projectId === scope.projectId
  return isProject && (from === null || from <= scope.month) && (until === null || scope.month <= until)
}

/**
 * True when a resource name matches the claim, whatever its project and month. An exception leaves out names that match it in whole
 * segments, so that `except: [customer-1-shop]` does not leave out `customer-1-shopping`.
 *
 * @param name null for a resource without a name, which no claim matches
 */
export function matchesClaim({ prefix, match, except }: CustomerClaim, name: string | null): boolean {
  if (name === null || !matchesPrefix(name, prefix, match)) return false
  return !except.some(longer => matchesPrefix(name, longer, 'SEGMENT'))
}

/** The customer that claims a resource name in a project and month; null when no customer claims it. */
export function claimantOf(
  registry: CustomerRegistry,
  { name, ...scope }: ClaimScope & { readonly name: string | null },
): RegisteredCustomer | null {
  return claimantsIn(registry, scope)(name)
}

/**
 * Finds the claimants of many names in one project and month, in time that does not depend on the number of customers. Where two
 * claims match, the longer prefix has the name.
 */
export function claimantsIn(
  { customers }: Pick<CustomerRegistry, 'customers'>,
  scope: ClaimScope,
): (name: string | null) => RegisteredCustomer | null {
  const claims = customers.flatMap(customer =>
    customer.claims.filter(claim => isClaimInScope(claim, scope)).map(claim => ({ customer, claim })),
  )
  const byPrefix = Map.groupBy(claims, ({ claim }) => claim.prefix)
  const lengths = [...new Set([...byPrefix.keys()].map(({ length }) => length))].sort((left, right) => right - left)
  return name => {
    for (const length of name === null ? [] : lengths) {
      const candidates = byPrefix.get((name ?? '').slice(0, length))
      const found = candidates?.find(({ claim }) => matchesClaim(claim, name))
      if (found) return found.customer
    }
    return null
  }
}
