import type { Principal } from '../../access/principal.js'

/** An approved plan. */
export interface OnChargeOrder {
  readonly principal: Principal
  readonly key: string
  /** The hash of the plan that a dry run has shown. */
  readonly expectedPlanHash: string
}
