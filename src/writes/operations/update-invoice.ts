import { monthOf } from '../../domain/period.js'
import type * as wire from '../../upstream/threescale/wire.js'
import type { UpdateInvoice } from '../intent.js'
import { type ArgumentTexts, invoiceTarget, mismatch, type Operation, rejected } from './operation.js'

const TEXTS: ArgumentTexts = [
  ['Billing Period ', 'month'],
  ['ID ', 'number'],
]

/** Changes an invoice's month or number, which the server allows in every state. */
export const updateInvoice: Operation<UpdateInvoice> = {
  target: ({ invoiceId }) => invoiceTarget(invoiceId),
  check: async ({ invoiceId }, { fresh }) => {
    await fresh.freshInvoice(invoiceId)
    return []
  },
  write: ({ invoiceId, month, number }) => ({
    call: 'updateInvoice',
    invoiceId,
    fields: { ...(month === null ? {} : { period: month }), ...(number === null ? {} : { friendly_id: number }) },
  }),
  confirm: ({ input }, { invoice }) => {
    if (invoice && isUpdated(invoice, input)) return { invoiceId: invoice.id, lineItemId: null }
    return mismatch('another month or number')
  },
  explain: (_input, response) => rejected(response, { notFound: ['invoiceId'], about: TEXTS }),
  readBack: async ({ input }, { fresh }) => {
    const invoice = await fresh.freshInvoice(input.invoiceId)
    if (!isUpdated(invoice, input)) return { outcome: 'ABSENT' }
    return { outcome: 'FOUND', result: { invoiceId: invoice.id, lineItemId: null }, duplicates: [] }
  },
}

function isUpdated(invoice: wire.Invoice, { invoiceId, month, number }: UpdateInvoice): boolean {
  if (invoice.id !== invoiceId) return false
  const hasMonth = month === null || monthOf(invoice.period.from) === month
  return hasMonth && (number === null || invoice.friendly_id === number)
}
