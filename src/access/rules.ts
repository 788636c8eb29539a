import { matchesPrefix } from '../domain/prefix-index.js'
import type { Grant, Principal } from './principal.js'
import type { Scope } from './scope.js'

/** True when the principal has one of these scopes. The scope `admin` includes every other. It grants no data. */
export function hasScope({ scopes }: Principal, ...anyOf: readonly Scope[]): boolean {
  return scopes.has('admin') || anyOf.some(scope => scopes.has(scope))
}

/** True when the principal may see the whole of the project's bills. */
export function maySeeProject({ grants }: Principal, projectId: string): boolean {
  return isGranted(grants.projects, projectId)
}

/** True when the principal may see the buyer's invoices. */
export function maySeeBuyer({ grants }: Principal, buyerId: string): boolean {
  return isGranted(grants.buyers, buyerId)
}

/**
 * True when a resource of that name belongs to a customer that the principal may see. A granted prefix matches whole segments
 * of the name, whatever the request's own `match` is: the grant customer-1 does not include customer-10.
 *
 * @param name null for a line without a resource name, which belongs to no customer
 */
export function maySeeResource({ grants }: Principal, name: string | null): boolean {
  if (grants.prefixes === '*') return true
  return name !== null && [...grants.prefixes].some(prefix => prefix !== '' && matchesPrefix(name, prefix, 'SEGMENT'))
}

/** True when the principal may see customers' lines in projects that are not granted to it as a whole. */
export function maySeeCustomers({ grants }: Principal): boolean {
  return isAnyGranted(grants.prefixes)
}

/** True when the principal's scopes and grants together allow it no data at all. */
export function seesNothing(principal: Principal): boolean {
  const { projects, buyers } = principal.grants
  const seesBuyers = isAnyGranted(buyers) && hasScope(principal, 'billing:read')
  const hasProjectData = isAnyGranted(projects) || maySeeCustomers(principal)
  return !seesBuyers && !(hasProjectData && hasScope(principal, 'billing:read', 'costs:read'))
}

function isAnyGranted(grant: Grant): boolean {
  return grant === '*' || grant.size > 0
}

function isGranted(grant: Grant, key: string): boolean {
  return grant === '*' || grant.has(key)
}

/** The caller lacks a scope. Missing grants cause no error: data that is not granted looks as if it did not exist. */
export class ForbiddenError extends Error {
  /** @param scopes any of which is sufficient */
  constructor(readonly scopes: readonly Scope[]) {
    super(`This requires the scope ${scopes.join(' or ')}, which the caller does not have.`)
    this.name = 'ForbiddenError'
  }
}

/**
 * Checks that the principal has one of these scopes.
 *
 * @throws ForbiddenError when it has none of them
 */
export function requireScope(principal: Principal, ...anyOf: readonly Scope[]): void {
  if (!hasScope(principal, ...anyOf)) throw new ForbiddenError(anyOf)
}
