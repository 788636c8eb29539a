import type { Decimal } from './decimal.js'
import type { LineItemType } from './line-item.js'
import type { YearMonth } from './period.js'
import type { PrefixMatch } from './prefix-index.js'

/** A set of resource names that a registered customer pays for, in one project or in all, for a range of months or for all. */
export interface CustomerClaim {
  readonly prefix: string
  readonly match: PrefixMatch
  /** The native id of the Catalyst project; null for every project. */
  readonly projectId: string | null
  /** The first month, inclusive; null for no bound. */
  readonly from: YearMonth | null
  /** The last month, inclusive; null for no bound. */
  readonly until: YearMonth | null
  /** Longer prefixes within this one that belong to another customer. */
  readonly except: readonly string[]
}

/** A customer of the registry file. */
export interface RegisteredCustomer {
  /** Unique and stable: `wcc`. */
  readonly key: string
  readonly name: string
  readonly claims: readonly [CustomerClaim, ...CustomerClaim[]]
  /** Native ids of its 3scale accounts. Each belongs to one customer only. */
  readonly buyers: readonly string[]
}

/** How the cost of a shared pool is divided: not at all, evenly, by direct cost, or by fixed weights. */
export type SharedCostPolicy = 'UNALLOCATED' | 'EVEN' | 'PROPORTIONAL' | 'WEIGHTS'

/** Selects the line items of a shared pool. A member that is null matches every line. */
export interface PoolMatch {
  readonly type: LineItemType | null
  readonly category: string | null
  readonly prefix: string | null
  readonly match: PrefixMatch
  readonly projectId: string | null
}

/** A shared cost of the registry file. Pools are ordered: a line that no customer claims belongs to the first that matches. */
export interface CostPool {
  readonly name: string
  readonly match: PoolMatch
  readonly policy: SharedCostPolicy
  /** By customer key; empty unless the policy is WEIGHTS. */
  readonly weights: ReadonlyMap<string, Decimal>
}

/** One exchange rate of the registry: an amount in `from` times `rate` is an amount in `to`, for one month. */
export interface ExchangeRate {
  readonly month: YearMonth
  readonly from: string
  readonly to: string
  readonly rate: Decimal
}

/** The content of the registry file: which customer claims which resources, and how the rest is shared. */
export interface CustomerRegistry {
  readonly customers: readonly RegisteredCustomer[]
  readonly pools: readonly CostPool[]
  readonly exchangeRates: readonly ExchangeRate[]
}

/** The registry of a gateway without a registry file. */
export const EMPTY_REGISTRY: CustomerRegistry = { customers: [], pools: [], exchangeRates: [] }
