import { claimantsIn } from '../../domain/customer-claims.js'
import { resourceName } from '../../domain/line-item.js'
import type { YearMonth } from '../../domain/period.js'
import { type SuggestedPrefix, suggestPrefixes } from '../../domain/suggested-prefix.js'
import { sumTaxedMoney, type TaxedMoney } from '../../domain/taxed-money.js'
import { type CustomerCostQuestion, loadCustomerCost } from '../catalyst/customer-costs.js'
import type { Loaders } from '../loaders.js'

/** What no customer claims in a month of a project. */
export interface Suggestions {
  readonly month: YearMonth
  readonly projectId: string
  /** The highest cost first. */
  readonly prefixes: readonly SuggestedPrefix[]
  /** Lines without a resource name, which no customer can claim. */
  readonly unnamed: { readonly count: number; readonly total: TaxedMoney }
  readonly asOf: string
  readonly stale: boolean
}

/** Suggested prefixes, and the errors because of which some lines are missing. */
export interface SuggestionsAnswer {
  /** Null when the month has no bill. */
  readonly suggestions: Suggestions | null
  readonly failures: readonly Error[]
}

/** Prefixes of the resources that no customer claims in a month of a project. */
export async function loadSuggestions(
  loaders: Loaders,
  { month, projectId }: Pick<CustomerCostQuestion, 'month' | 'projectId'>,
): Promise<SuggestionsAnswer> {
  const everything = { prefix: '', match: 'STARTS_WITH', month, projectId } as const
  const { cost, failures } = await loadCustomerCost(loaders, everything)
  if (!cost) return { suggestions: null, failures }
  const { buyer, period, total, lineItems, asOf, stale } = cost
  const scope = { projectId: buyer.nativeId, month: period.month }
  const claimant = claimantsIn(loaders.registry, scope)
  const unclaimed = lineItems.filter(line => claimant(resourceName(line)) === null)
  const unnamed = unclaimed.filter(line => !resourceName(line))
  const { currency } = total.net
  return {
    suggestions: {
      ...scope,
      prefixes: suggestPrefixes(unclaimed, loaders.registry, currency),
      unnamed: {
        count: unnamed.length,
        total: sumTaxedMoney(
          unnamed.map(({ cost: one }) => one),
          currency,
        ),
      },
      asOf,
      stale,
    },
    failures,
  }
}
