import type { VisibleCustomer } from '../domain/customer.js'
import type { CustomerClaim, RegisteredCustomer } from '../domain/customer-registry.js'
import type { Principal } from './principal.js'
import { maySeeBuyer, maySeeProject, maySeeResource } from './rules.js'

/**
 * The customer as far as the principal's grants show it: claims of granted prefixes and in granted projects, and granted buyers.
 * Null when nothing of it is granted, so that the customer looks as if it did not exist.
 */
export function visibleCustomer(principal: Principal, customer: RegisteredCustomer): VisibleCustomer | null {
  const claims = customer.claims.filter(claim => maySeeClaim(principal, claim))
  const buyers = customer.buyers.filter(id => maySeeBuyer(principal, id))
  if (claims.length === 0 && buyers.length === 0) return null
  return {
    key: customer.key,
    name: customer.name,
    claims,
    buyers,
    seesAllCost: customer.claims.every(claim => maySeeWholeClaim(principal, claim)),
    seesAllRevenue: buyers.length === customer.buyers.length,
  }
}

function maySeeClaim(principal: Principal, { prefix, projectId }: CustomerClaim): boolean {
  const { projects } = principal.grants
  const isProjectVisible =
    projectId === null ? projects === '*' || projects.size > 0 : maySeeProject(principal, projectId)
  return isProjectVisible || maySeeResource(principal, prefix)
}

/** A claim of every project is visible as a whole to a grant of every project, or of its prefix. */
function maySeeWholeClaim(principal: Principal, { prefix, match, projectId }: CustomerClaim): boolean {
  const isProjectVisible = projectId === null ? principal.grants.projects === '*' : maySeeProject(principal, projectId)
  // A grant matches whole segments. It includes all names that start with a prefix if it includes one that continues the word.
  return isProjectVisible || maySeeResource(principal, match === 'SEGMENT' ? prefix : `${prefix}x`)
}
