import { monthOf } from '../../domain/period.js'
import type * as wire from '../../upstream/threescale/wire.js'
import type { CreateInvoice } from '../intent.js'
import { mismatch, type Operation, rejected } from './operation.js'

/**
 * Creates an invoice. The server has no key for it: after an unclear response, a new empty one of the same buyer and month is taken
 * for it, if it is the only one.
 */
export const createInvoice: Operation<CreateInvoice> = {
  target: ({ buyerId }) => `buyer/${buyerId}`,
  check: async ({ buyerId, month }, { fresh }) => (await fresh.freshInvoicesOf(buyerId, month)).map(({ id }) => id),
  write: ({ buyerId, month }) => ({ call: 'createInvoice', buyerId, month }),
  confirm: ({ input }, { invoice }) => {
    if (invoice && isCreated(invoice, input)) return { invoiceId: invoice.id, lineItemId: null }
    return mismatch('an invoice of another buyer or month, or one that is not empty')
  },
  explain: ({ buyerId }, response) => {
    // The server says so of a buyer that it does not know.
    if (response.texts.includes("Buyer account can't be blank")) {
      return { code: 'NOT_FOUND', message: `3scale has no buyer ${buyerId}.`, field: ['buyerId'] }
    }
    return rejected(response, { notFound: 'buyerId', about: [['Billing Period ', 'month']] })
  },
  readBack: async ({ input, idsBefore, id: intentId, result }, { fresh, ofTarget }) => {
    const claimed = ofTarget.filter(({ id }) => id !== intentId).map(({ result }) => result?.invoiceId)
    const found = (await fresh.freshInvoicesOf(input.buyerId, input.month)).filter(
      invoice => !idsBefore.includes(invoice.id) && !claimed.includes(invoice.id) && isCreated(invoice, input),
    )
    const own = result && { ...result, lineItemId: null }
    const others = found.filter(({ id }) => id !== own?.invoiceId)
    if (own && others.length === 0) return { outcome: 'FOUND', result: own, duplicates: [] }
    const [first] = others
    if (!first) return { outcome: 'ABSENT' }
    if (!own && others.length === 1) {
      return { outcome: 'FOUND', result: { invoiceId: first.id, lineItemId: null }, duplicates: [] }
    }
    const ids = [...new Set([...(own ? [own.invoiceId] : []), ...others.map(({ id }) => id)])].join(', ')
    const message = `Several new invoices could be the one that was created: ${ids}. Cancel those that are too many.`
    return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
  },
}

/** True for an invoice as the server creates it. */
function isCreated(invoice: wire.Invoice, { buyerId, month }: CreateInvoice): boolean {
  const { buyer, period, state, creation_type, lineItems } = invoice
  const isNew = state === 'open' && creation_type === 'manual' && lineItems.length === 0
  return isNew && buyer.id === buyerId && monthOf(period.from) === month
}
