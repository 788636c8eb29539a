import type { Money } from './money.js'

/** The kind of warning. */
export type NoticeCode =
  | 'TOTAL_MISMATCH'
  | 'LINES_UNAVAILABLE'
  | 'LEGACY_TAX'
  | 'TAX_COMPUTED'
  | 'MERGED_DOCUMENTS'
  | 'REGION_MISSING'
  | 'PREFIX_OVERLAP'
  | 'POOL_UNALLOCATED'
  | 'NO_MATCH'
  | 'UNKNOWN_MARKER'

/** A warning about figures. */
export interface Notice {
  readonly code: NoticeCode
  readonly message: string
  /** The amount in question; null if there is none. */
  readonly difference: Money | null
}
