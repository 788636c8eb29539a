import type { LineItem } from './line-item.js'
import type { Notice } from './notice.js'
import type { Buyer, Provider } from './party.js'
import type { Period } from './period.js'
import type { TaxedMoney } from './taxed-money.js'

/** The cost of one region's resources so far this month. */
export interface RegionCost {
  readonly region: string
  readonly total: TaxedMoney
}

/** The cost of a Catalyst project in the running month, over its regions. */
export interface Quotation {
  readonly kind: 'Quotation'
  readonly source: 'CATALYST'
  readonly period: Period
  readonly provider: Provider
  readonly buyer: Buyer
  readonly total: TaxedMoney
  readonly regions: readonly RegionCost[]
  /** Regions that failed. The total does not include them. */
  readonly missingRegions: readonly string[]
  /** In the order quoted, region after region; null when only the summary was read. */
  readonly lineItems: readonly LineItem[] | null
  readonly notices: readonly Notice[]
  readonly asOf: string
  readonly stale: boolean
}
