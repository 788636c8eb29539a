import { claimantsIn, isClaimInScope } from './customer-claims.js'
import type { CustomerRegistry, RegisteredCustomer } from './customer-registry.js'
import type { Invoice } from './invoice.js'
import { type LineItem, resourceName } from './line-item.js'
import type { Notice } from './notice.js'
import { linesWithPrefix, matchesPrefix, type PrefixMatch } from './prefix-index.js'
import { sumTaxedMoney } from './taxed-money.js'

/** A prefix of resource names, and how names match it. */
export interface CustomerPrefix {
  readonly prefix: string
  readonly match: PrefixMatch
}

/** Selects a customer's line items. */
export interface LineSelection extends CustomerPrefix {
  /** The customer's lines of a document, in the order billed. */
  readonly linesOf: (lines: readonly LineItem[], document: Pick<Invoice, 'buyer' | 'period'>) => readonly LineItem[]
  /** Warnings about the selected lines. */
  readonly noticesOn: (lines: readonly LineItem[]) => readonly Notice[]
}

/** Selects the lines whose resource names match a prefix. */
export function byPrefix({ prefix, match }: CustomerPrefix): LineSelection {
  return {
    prefix,
    match,
    linesOf: lines => linesWithPrefix(lines, prefix).filter(line => matchesPrefix(resourceName(line), prefix, match)),
    noticesOn: lines => (match === 'SEGMENT' ? [] : prefixOverlap(prefix, lines)),
  }
}

/** Selects the lines that a registered customer claims. Its first claim names the cost. */
export function byClaims(registry: CustomerRegistry, { key, claims }: RegisteredCustomer): LineSelection {
  const [{ prefix, match }] = claims
  return {
    prefix,
    match,
    linesOf: (lines, { buyer, period: { month } }) => {
      const scope = { projectId: buyer.nativeId, month }
      const claimant = claimantsIn(registry, scope)
      const prefixes = new Set(claims.filter(claim => isClaimInScope(claim, scope)).map(claim => claim.prefix))
      const candidates = new Set([...prefixes].flatMap(one => linesWithPrefix(lines, one)))
      return lines.filter(line => candidates.has(line) && claimant(resourceName(line))?.key === key)
    },
    noticesOn: () => [],
  }
}

/** Warns of line items that STARTS_WITH matches and SEGMENT does not, such as those of customer-10 for customer-1. */
function prefixOverlap(prefix: string, lines: readonly LineItem[]): readonly Notice[] {
  const doubtful = lines.filter(line => !matchesPrefix(resourceName(line), prefix, 'SEGMENT'))
  const [first] = doubtful
  if (!first) return []
  const sum = sumTaxedMoney(
    doubtful.map(line => line.cost),
    first.cost.net.currency,
  )
  const count = doubtful.length === 1 ? '1 line has' : `${doubtful.length} lines have`
  const message = `${count} a longer name, such as ${JSON.stringify(first.name)}; match: SEGMENT excludes them.`
  return [{ code: 'PREFIX_OVERLAP', message, difference: sum.net }]
}
