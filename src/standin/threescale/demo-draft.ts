import type { InvoiceRecord, LineItemRecord } from './data.js'

/** Line without an id. */
export type LineDraft = Omit<LineItemRecord, 'id'>

/** Invoice of the demo without ids, which are assigned in the order of creation. */
export interface InvoiceDraft extends Omit<InvoiceRecord, 'id' | 'friendlyId' | 'lineItems'> {
  readonly lines: readonly LineDraft[]
  /** Whether it was manually given the friendly id of the invoice before. */
  readonly repeatsFriendlyId?: boolean
}

/** Manual line. */
export function manualLine(name: string, cost: string, rest: Partial<LineDraft> = {}): LineDraft {
  return {
    name,
    description: '',
    quantity: null,
    type: '',
    metricId: null,
    planId: null,
    contractId: null,
    contractType: null,
    cost,
    ...rest,
  }
}
