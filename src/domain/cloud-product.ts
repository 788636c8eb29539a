import type { Decimal } from './decimal.js'

/** What a unit of a cloud product costs in a region. */
export interface CloudProduct {
  /** Without its region: `c1.c2r4`; what spans regions carries its country: `nz.o1.standard`. */
  readonly name: string
  readonly region: string
  /** In the price list's own words: `block storage`. */
  readonly category: string
  /** Price of one unit without tax. */
  readonly rate: Decimal
  /** `hour`, `gigabyte`; null where the list states none. */
  readonly unit: string | null
  readonly description: string | null
  readonly currency: string
}
