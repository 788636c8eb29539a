import type { CostBasis } from '../customer-cost.js'
import type { RegisteredCustomer, SharedCostPolicy } from '../customer-registry.js'
import type { Decimal } from '../decimal.js'
import type { Money } from '../money.js'
import type { Notice } from '../notice.js'
import type { Buyer } from '../party.js'
import type { Period } from '../period.js'
import type { TaxedMoney, TaxRounding } from '../taxed-money.js'

/**
 * The cost of one project and month, divided among the registered customers. The totals of all customers and `unallocated` sum to
 * `bill`, in net, in tax and in gross.
 */
export interface CostAllocation {
  readonly period: Period
  /** The project that was billed. */
  readonly buyer: Buyer
  readonly basis: CostBasis
  readonly bill: TaxedMoney
  /** How computed tax is rounded. Tax that the bill states is not affected. */
  readonly taxRounding: TaxRounding
  /** The customers with a claim on this project in this month, by key. */
  readonly customers: readonly CustomerShare[]
  /** In the registry's order; `ROUNDING` last, if the bill differs from its lines. */
  readonly pools: readonly SharedPool[]
  /** The part of no customer, with the pools that are not shared. */
  readonly unallocated: TaxedMoney
  /** SHA-256 in hexadecimal, of the bill, the claims and pools in force, and the rounding. */
  readonly fingerprint: string
  readonly notices: readonly Notice[]
  readonly asOf: string
  readonly stale: boolean
}

/** A customer's part of a bill. */
export interface CustomerShare {
  readonly customer: RegisteredCustomer
  /** The customer's own lines, without tax. */
  readonly direct: Money
  /** Its shares of all pools, without tax. */
  readonly shared: Money
  /** Net is direct plus shared; gross is net plus tax. */
  readonly total: TaxedMoney
  /** Fraction of the bill without tax, with six decimal places; null for a bill of zero. */
  readonly share: Decimal | null
}

/** The cost of lines that no customer claims. */
export interface SharedPool {
  readonly name: string
  readonly policy: SharedCostPolicy
  /** Without tax. */
  readonly cost: Money
  /** By key; `[]` when the pool is not shared. Less than `cost` in total if a part of a credit stays unallocated. */
  readonly shares: readonly PoolShare[]
}

/** A customer's part of a pool. */
export interface PoolShare {
  readonly customer: RegisteredCustomer
  /** Without tax. */
  readonly amount: Money
}

/** Name of the pool that holds the difference between a stated bill and the sum of its lines. */
export const ROUNDING_POOL = 'ROUNDING'
