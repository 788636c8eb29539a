import type { LineItem } from './line-item.js'
import type { Notice } from './notice.js'
import type { Buyer, Provider } from './party.js'
import type { Period } from './period.js'
import type { TaxedMoney } from './taxed-money.js'

/** What one region's resources cost so far this month. */
export interface RegionCost {
  readonly region: string
  readonly total: TaxedMoney
}

/** The running month of one Catalyst project, over all its regions. */
export interface Quotation {
  readonly kind: 'Quotation'
  readonly source: 'CATALYST'
  readonly period: Period
  readonly provider: Provider
  readonly buyer: Buyer
  readonly total: TaxedMoney
  readonly regions: readonly RegionCost[]
  /** Regions that could not answer: the total is without them. */
  readonly missingRegions: readonly string[]
  /** In the order quoted, region after region; null when only the summary was asked for. */
  readonly lineItems: readonly LineItem[] | null
  readonly notices: readonly Notice[]
  readonly asOf: string
  readonly stale: boolean
}
