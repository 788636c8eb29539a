import type { RemoveLineItem } from '../intent.js'
import { refuse } from '../refusal.js'
import { requireEditable } from './add-line-item.js'
import { invoiceTarget, type Operation, rejected } from './operation.js'

/** Removes a line from an invoice. The line is there or not, so reading back always tells. */
export const removeLineItem: Operation<RemoveLineItem> = {
  target: ({ invoiceId }) => invoiceTarget(invoiceId),
  check: async ({ invoiceId, lineItemId }, { fresh }) => {
    const invoice = await fresh.freshInvoice(invoiceId)
    if (!invoice.lineItems.some(({ id }) => id === lineItemId)) {
      throw refuse('NOT_FOUND', 'The invoice has no such line item.', 'lineItemId')
    }
    requireEditable(invoice, 'lineItemId')
    return []
  },
  write: ({ invoiceId, lineItemId }) => ({ call: 'removeLineItem', invoiceId, lineItemId }),
  confirm: ({ input }) => ({ invoiceId: input.invoiceId, lineItemId: null }),
  // It was there when it was checked: somewhere between it was removed, which is what was asked for.
  explain: (_input, response) => {
    if (response.status === 404) return 'done'
    if (!response.texts.includes('Invalid invoice state')) return rejected(response)
    const message = 'The invoice was issued meanwhile: lines change only while it is OPEN or FINALIZED.'
    return { code: 'INVOICE_NOT_EDITABLE', message, field: ['lineItemId'] }
  },
  readBack: async ({ input: { invoiceId, lineItemId } }, { fresh }) => {
    const { lineItems } = await fresh.freshInvoice(invoiceId)
    if (lineItems.some(({ id }) => id === lineItemId)) return { outcome: 'ABSENT' }
    return { outcome: 'FOUND', result: { invoiceId, lineItemId: null }, duplicates: [] }
  },
}
