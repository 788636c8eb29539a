import type { DifferenceCause } from '../gql/graphql.ts'

/** Why two figures of a reconciliation differ, in words. */
export const CAUSES: Readonly<Record<DifferenceCause, string>> = {
  CHANGED_SINCE: 'Changed since it was on-charged',
  CURRENCY: 'Another currency, cannot be compared',
  FOREIGN_LINES: 'Lines that are not on-charged cost',
  NOT_ISSUED: 'Not issued',
  NOT_ON_CHARGED: 'Not on-charged',
  NOT_PAID: 'Not paid',
  ROUNDING: 'Rounding',
}
