import { matchesPrefix } from '../domain/prefix-match.js'
import type { Grant, Principal } from './principal.js'
import type { Scope } from './scope.js'

/** True when the principal may do what takes one of these scopes. */
export function hasScope({ scopes }: Principal, ...anyOf: readonly Scope[]): boolean {
  return scopes.has('admin') || anyOf.some(scope => scopes.has(scope))
}

/** True when the project's bills, whole, are the principal's to see. */
export function maySeeProject({ grants }: Principal, projectId: string): boolean {
  return isGranted(grants.projects, projectId)
}

/** True when the buyer's invoices are the principal's to see. */
export function maySeeBuyer({ grants }: Principal, buyerId: string): boolean {
  return isGranted(grants.buyers, buyerId)
}

/**
 * True when a resource of that name is one of a customer whom the principal may see. A granted prefix ends where a segment of
 * the name ends, whatever a question says: who may see customer-1 may not see customer-10.
 *
 * @param name null for what has no name, and so belongs to no customer
 */
export function maySeeResource({ grants }: Principal, name: string | null): boolean {
  if (grants.prefixes === '*') return true
  return name !== null && [...grants.prefixes].some(prefix => prefix !== '' && matchesPrefix(name, prefix, 'SEGMENT'))
}

/** True when the principal may see customers in a project whose bills, as wholes, are not his. */
export function maySeeCustomers({ grants }: Principal): boolean {
  return grants.prefixes === '*' || grants.prefixes.size > 0
}

function isGranted(grant: Grant, key: string): boolean {
  return grant === '*' || grant.has(key)
}
