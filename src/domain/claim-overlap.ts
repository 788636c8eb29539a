import type { CustomerClaim, RegisteredCustomer } from './customer-registry.js'
import { matchesPrefix } from './prefix-index.js'

/** A claim and its customer. */
export interface OwnedClaim {
  readonly customer: RegisteredCustomer
  readonly claim: CustomerClaim
}

/** Two claims that could both match one resource name in one project and month. */
export interface ClaimOverlap {
  readonly shorter: OwnedClaim
  /** Of an equal or longer prefix. */
  readonly longer: OwnedClaim
}

/**
 * The pairs of claims that overlap: equal prefixes, and nested ones of different customers unless the shorter excepts the longer.
 * `[]` when each resource name has one claimant at most.
 */
export function claimOverlaps(customers: readonly RegisteredCustomer[]): readonly ClaimOverlap[] {
  const all = customers.flatMap(customer => customer.claims.map(claim => ({ customer, claim })))
  // Of sorted prefixes, those that begin with one follow it directly.
  const sorted = all.sort((left, right) => (left.claim.prefix < right.claim.prefix ? -1 : 1))
  const overlaps: ClaimOverlap[] = []
  for (const [index, shorter] of sorted.entries()) {
    for (let next = index + 1; sorted[next]?.claim.prefix.startsWith(shorter.claim.prefix); next++) {
      const longer = sorted[next]
      if (longer && doOverlap(shorter, longer)) overlaps.push({ shorter, longer })
    }
  }
  return overlaps
}

function doOverlap(shorter: OwnedClaim, longer: OwnedClaim): boolean {
  const isNested = shorter.claim.prefix !== longer.claim.prefix
  // Nested claims of one customer are redundant, and no contradiction.
  if (isNested && shorter.customer === longer.customer) return false
  const { prefix, match, except } = shorter.claim
  const isExcepted = except.some(one => isNested && matchesPrefix(longer.claim.prefix, one, 'SEGMENT'))
  return matchesPrefix(longer.claim.prefix, prefix, match) && !isExcepted && shareScope(shorter.claim, longer.claim)
}

/** True when there is a project and a month in which both claims apply. */
function shareScope(left: CustomerClaim, right: CustomerClaim): boolean {
  const isOneProject = left.projectId === null || right.projectId === null || left.projectId === right.projectId
  return isOneProject && startsBeforeEnd(left, right) && startsBeforeEnd(right, left)
}

function startsBeforeEnd({ from }: CustomerClaim, { until }: CustomerClaim): boolean {
  return from === null || until === null || from <= until
}
