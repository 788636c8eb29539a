import type { Decimal } from './decimal.js'

/** The list price of a cloud product in a region. */
export interface CloudProduct {
  /** Without its region: `c1.c2r4`. Products that span regions include their country: `nz.o1.standard`. */
  readonly name: string
  readonly region: string
  /** As named in the price list: `block storage`. */
  readonly category: string
  /** Price per unit without tax. */
  readonly rate: Decimal
  /** `hour`, `gigabyte`; null if the price list states none. */
  readonly unit: string | null
  readonly description: string | null
  readonly currency: string
}
