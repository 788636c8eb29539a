import type { Invoice } from '../invoice.js'
import { addMonths, type YearMonth } from '../period.js'
import type { Quotation } from '../quotation.js'
import type { TaxedMoney } from '../taxed-money.js'
import { type MonthlyAmount, sumOfMonth, unknownAmount } from './monthly-amount.js'

/** What was read of one Catalyst project for one month. */
export interface ProjectMonth {
  readonly projectId: string
  /** The month's bills; in the running month its quotation; `[]` when there is neither. */
  readonly documents: readonly (Invoice | Quotation)[]
  /** COMPLETE: all of it was read. PARTIAL: a region is missing. FAILED: nothing was read. */
  readonly read: 'COMPLETE' | 'PARTIAL' | 'FAILED'
}

/** The part of a document that is to be added up; null when the document does not list its lines. */
export type CostPart = (document: Invoice | Quotation, projectId: string) => TaxedMoney | null

/** The cost of a month, over projects. */
export interface MonthCost extends MonthlyAmount {
  /** True when the amount is missing because only some of its documents could be read or exist. */
  readonly isIncomplete: boolean
}

/** A bill can come this many months late. Until then a project without a bill may still get one. */
const LATE_BILL_MONTHS = 3

/**
 * The cost of a month over some projects. A project without a bill makes the sum unknown while its bill may still come. Later it
 * adds nothing, as long as another project has a bill.
 *
 * @param now the running month
 */
export function costOfMonth(
  month: YearMonth,
  projects: readonly ProjectMonth[],
  costPart: CostPart,
  now: YearMonth,
): MonthCost {
  if (projects.some(({ read }) => read === 'FAILED')) {
    return { ...unknownAmount(month, 'UNAVAILABLE'), isIncomplete: false }
  }
  const billed = projects.filter(({ documents }) => documents.length > 0)
  const parts = billed.flatMap(({ documents, projectId }) =>
    documents.map(document => ({ ...provenanceOf(document), amount: costPart(document, projectId) })),
  )
  const known = parts.flatMap(({ amount, ...rest }) => (amount ? [{ ...rest, amount }] : []))
  if (projects.some(({ read }) => read === 'PARTIAL') || known.length < parts.length) {
    return { ...unknownAmount(month, 'UNAVAILABLE'), isIncomplete: true }
  }
  const isAwaited = billed.length < projects.length && month >= addMonths(now, -LATE_BILL_MONTHS)
  if (isAwaited && billed.length > 0) return { ...unknownAmount(month, 'NO_BILL'), isIncomplete: true }
  return { ...sumOfMonth(month, known, month >= now), isIncomplete: false }
}

function provenanceOf({ asOf, stale }: Invoice | Quotation) {
  return { asOf, stale }
}
