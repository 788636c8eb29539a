import type { InvoiceRecord, LineItemRecord } from './data.js'

/** A line before it has an id. */
export type LineDraft = Omit<LineItemRecord, 'id'>

/** An invoice of the demo before it has ids: those are given in the order of creation. */
export interface InvoiceDraft extends Omit<InvoiceRecord, 'id' | 'friendlyId' | 'lineItems'> {
  readonly lines: readonly LineDraft[]
  /** Somebody gave it the friendly id of the invoice before. */
  readonly repeatsFriendlyId?: boolean
}

/** A line somebody wrote by hand. */
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
