import { monthOf } from '../../domain/period.js'
import type * as wire from '../../upstream/threescale/wire.js'
import type { CreateInvoice, WriteIntent } from '../intent.js'
import { CLOCK_SKEW_MS, type Finding, mismatch, type Operation, rejected, type WriteContext } from './operation.js'

/**
 * Creates an invoice. The server has no key for it: after an unclear response, a new one of the same buyer and month is taken for it,
 * if it is the only one, was created while the request could be carried out, and is still open and empty.
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
    return rejected(response, { notFound: ['buyerId'], about: [['Billing Period ', 'month']] })
  },
  readBack: async (intent, context) => {
    const own = intent.result && { invoiceId: intent.result.invoiceId, lineItemId: null }
    const found = await newInvoices(intent, context)
    const ids = found.map(({ id }) => id)
    if (own) {
      const repeated = await createdWith(own.invoiceId, ids, context)
      return repeated.length === 0 ? foundOnce(own.invoiceId) : severalIncident([own.invoiceId, ...repeated])
    }
    const [first, ...others] = found
    if (first === undefined) return { outcome: 'ABSENT' }
    if (others.length > 0) return severalIncident(ids)
    // A person, or 3scale's own job, may have changed it since. The gateway cannot tell that from another invoice.
    if (!isCreated(first, intent.input)) return changedIncident(first)
    return (await isOfIts(intent, first.id, context)) ? foundOnce(first.id) : otherTimeIncident(first)
  },
}

/**
 * The invoices that can have been created by the intent, in any state, without the one that it is known to have created: a person may
 * have added a line since, and 3scale's own job finalizes what is open.
 */
async function newInvoices(
  { input, idsBefore, id: intentId, result }: WriteIntent & { readonly input: CreateInvoice },
  { fresh, ofTarget }: WriteContext,
): Promise<readonly wire.Invoice[]> {
  const claimed = ofTarget.filter(({ id }) => id !== intentId).map(({ result }) => result?.invoiceId)
  const known = new Set([...idsBefore, ...claimed, result?.invoiceId])
  const invoices = await fresh.freshInvoicesOf(input.buyerId, input.month)
  return invoices.filter(invoice => !known.has(invoice.id) && isFor(invoice, input))
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

function severalIncident(ids: readonly string[]): Finding {
  return incident(
    `Several new invoices could be the one that was created: ${ids.join(', ')}. Cancel those that are too many.`,
  )
}

function changedIncident({ id, state, lineItems }: wire.Invoice): Finding {
  const lines = lineItems.length === 0 ? 'without line items' : 'with line items'
  return incident(
    `Invoice ${id} is new, but ${state.toUpperCase()} ${lines}: it is the one that was created, and was changed since, or another one. If no person or program created it on purpose, it is the one.`,
  )
}

function otherTimeIncident({ id }: wire.Invoice): Finding {
  return incident(
    `Invoice ${id} is new, but by 3scale's clock it was created at another time than this request. If no person or program created it on purpose, cancel it.`,
  )
}

function incident(message: string): Finding {
  return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
}

/** True for an invoice as the server creates it. */
function isCreated(invoice: wire.Invoice, input: CreateInvoice): boolean {
  return invoice.state === 'open' && invoice.lineItems.length === 0 && isFor(invoice, input)
}

/** True for an invoice of the buyer and month that a person or a request has made. */
function isFor({ buyer, period, creation_type }: wire.Invoice, { buyerId, month }: CreateInvoice): boolean {
  return creation_type === 'manual' && buyer.id === buyerId && monthOf(period.from) === month
}
