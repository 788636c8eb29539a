import { monthOf } from '../../domain/period.js'
import type * as wire from '../../upstream/threescale/wire.js'
import type { CreateInvoice, WriteIntent } from '../intent.js'
import { CLOCK_SKEW_MS, type Finding, mismatch, type Operation, rejected, type WriteContext } from './operation.js'

/**
 * Creates an invoice. The server has no key for it: after an unclear response, a new empty one of the same buyer and month is taken
 * for it, if it is the only one, and was created while the request could be carried out.
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
  readBack: async (intent, context) => {
    const own = intent.result && { invoiceId: intent.result.invoiceId, lineItemId: null }
    const found = await newInvoices(intent, context)
    if (own) {
      const repeated = await createdWith(own.invoiceId, found, context)
      return repeated.length === 0 ? foundOnce(own.invoiceId) : incident([own.invoiceId, ...repeated])
    }
    const [first, ...others] = found
    if (first === undefined) return { outcome: 'ABSENT' }
    if (others.length > 0) return incident(found)
    return (await isOfIts(intent, first, context)) ? foundOnce(first) : incident(found)
  },
}

/** Ids of the invoices that can have been created by the intent, without the one that it is known to have created. */
async function newInvoices(
  { input, idsBefore, id: intentId, result }: WriteIntent & { readonly input: CreateInvoice },
  { fresh, ofTarget }: WriteContext,
): Promise<readonly string[]> {
  const claimed = ofTarget.filter(({ id }) => id !== intentId).map(({ result }) => result?.invoiceId)
  const known = new Set([...idsBefore, ...claimed, result?.invoiceId])
  const invoices = await fresh.freshInvoicesOf(input.buyerId, input.month)
  return invoices.filter(invoice => !known.has(invoice.id) && isCreated(invoice, input)).map(({ id }) => id)
}

/** Those that a repetition of the same request can have created: one that a person creates later is none. */
async function createdWith(
  own: string,
  ids: readonly string[],
  { fresh, settleMs }: WriteContext,
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const at = await fresh.freshCreationOf(own)
  const near = await Promise.all(ids.map(async id => Math.abs((await fresh.freshCreationOf(id)) - at) <= settleMs))
  return ids.filter((_, index) => near[index])
}

/** True when the invoice was created while the intent's request could be carried out. */
async function isOfIts(intent: WriteIntent, id: string, { fresh, settleMs }: WriteContext): Promise<boolean> {
  const sent = Date.parse(intent.sentAt ?? '')
  const at = await fresh.freshCreationOf(id)
  return at >= sent - CLOCK_SKEW_MS && at <= sent + settleMs + CLOCK_SKEW_MS
}

function foundOnce(invoiceId: string): Finding {
  return { outcome: 'FOUND', result: { invoiceId, lineItemId: null }, duplicates: [] }
}

function incident(ids: readonly string[]): Finding {
  const message =
    ids.length === 1
      ? `Invoice ${ids[0]} is new, but by 3scale's clock it was created at another time than this request. If no person or program created it on purpose, cancel it.`
      : `Several new invoices could be the one that was created: ${ids.join(', ')}. Cancel those that are too many.`
  return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
}

/** True for an invoice as the server creates it. */
function isCreated(invoice: wire.Invoice, { buyerId, month }: CreateInvoice): boolean {
  const { buyer, period, state, creation_type, lineItems } = invoice
  const isNew = state === 'open' && creation_type === 'manual' && lineItems.length === 0
  return isNew && buyer.id === buyerId && monthOf(period.from) === month
}
