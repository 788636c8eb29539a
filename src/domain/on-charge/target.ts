import type { Invoice, InvoiceState } from '../invoice.js'
import type { YearMonth } from '../period.js'
import type { OwnLine } from './own-lines.js'

/** The invoice that new lines are added to. */
export interface OnChargeTarget {
  /** The native id; null for one that is to be created. */
  readonly invoiceId: string | null
  readonly month: YearMonth
  /** On an open invoice lines are replaced. A finalized one can be issued at any moment: it is changed by one line at most. */
  readonly state: 'OPEN' | 'FINALIZED'
}

/**
 * The invoice to charge on: one that charges the month already and can be changed, an open one before a finalized one; or else the
 * first open one of the month of the invoice; or else a new one.
 *
 * @param invoices of the buyer
 * @param invoiceMonth null for the running month
 */
export function targetOf(
  own: readonly OwnLine[],
  invoices: readonly Invoice[],
  invoiceMonth: YearMonth | null,
  running: YearMonth,
): OnChargeTarget {
  const month = invoiceMonth ?? running
  const charging = [...new Set(own.map(({ invoice }) => invoice))].filter(
    ({ period }) => invoiceMonth === null || period.month === invoiceMonth,
  )
  const found =
    newest(charging, 'OPEN') ??
    newest(charging, 'FINALIZED') ??
    inOrder(invoices).find(({ state, period }) => state === 'OPEN' && period.month === month)
  if (!found) return { invoiceId: null, month, state: 'OPEN' }
  const state = found.state === 'OPEN' ? 'OPEN' : 'FINALIZED'
  return { invoiceId: found.nativeId, month: found.period.month, state }
}

function newest(invoices: readonly Invoice[], wanted: InvoiceState): Invoice | undefined {
  return inOrder(invoices.filter(({ state }) => state === wanted)).at(-1)
}

/** By month, then by id. */
function inOrder(invoices: readonly Invoice[]): readonly Invoice[] {
  const keyOf = ({ period, nativeId }: Invoice): string => `${period.month} ${nativeId.padStart(19, '0')}`
  return invoices.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}
