import type { Money } from './money.js'

/** What kind of caution a notice is. */
export type NoticeCode =
  | 'TOTAL_MISMATCH'
  | 'LINES_UNAVAILABLE'
  | 'LEGACY_TAX'
  | 'TAX_COMPUTED'
  | 'MERGED_DOCUMENTS'
  | 'REGION_MISSING'
  | 'PREFIX_OVERLAP'

/** Something a careful reader of the figures should know. */
export interface Notice {
  readonly code: NoticeCode
  readonly message: string
  /** The amount in question, where there is one. */
  readonly difference: Money | null
}
