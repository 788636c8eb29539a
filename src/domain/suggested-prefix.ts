import type { CustomerRegistry } from './customer-registry.js'
import { compareDecimals } from './decimal.js'
import { type LineItem, resourceName } from './line-item.js'
import { leadingSegments, segmentCount } from './prefix-index.js'
import { sumTaxedMoney, type TaxedMoney } from './taxed-money.js'

/** A prefix that a new customer could claim. */
export interface SuggestedPrefix {
  readonly prefix: string
  /** The number of line items. */
  readonly count: number
  readonly total: TaxedMoney
}

/** Customers' names mostly have a common first word: `customer-wcc`, `customer-acme`. */
const USUAL_SEGMENTS = 2

/**
 * Prefixes of lines that no customer claims, the highest cost first. Lines are grouped by the first two segments of their resource
 * names; by the first alone where a resource has exactly that name, and by as many as claims with the same first segment have.
 *
 * @param lines of one currency; those without a resource name are left out
 */
export function suggestPrefixes(
  lines: readonly LineItem[],
  { customers }: CustomerRegistry,
  currency: string,
): readonly SuggestedPrefix[] {
  const named = lines.flatMap(line => {
    const name = resourceName(line)
    return name === null || name === '' ? [] : [{ name, line }]
  })
  const names = new Set(named.map(({ name }) => name))
  const claimed = customers.flatMap(({ claims }) => claims.map(({ prefix }) => prefix))
  const segmentsByWord = new Map(claimed.map(prefix => [leadingSegments(prefix, 1), segmentCount(prefix)]))
  const prefixOf = (name: string): string => {
    const word = leadingSegments(name, 1)
    const count = segmentsByWord.get(word) ?? (names.has(word) ? 1 : USUAL_SEGMENTS)
    return leadingSegments(name, count) || name
  }
  return [...Map.groupBy(named, ({ name }) => prefixOf(name))]
    .map(([prefix, group]) => ({
      prefix,
      count: group.length,
      total: sumTaxedMoney(
        group.map(({ line }) => line.cost),
        currency,
      ),
    }))
    .sort((left, right) => compareDecimals(right.total.net, left.total.net) || (left.prefix < right.prefix ? -1 : 1))
}
