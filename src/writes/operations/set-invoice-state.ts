import type * as wire from '../../upstream/threescale/wire.js'
import type { SetInvoiceState } from '../intent.js'
import { refuse } from '../refusal.js'
import { requireReadyToIssue } from './issue-gate.js'
import { invoiceTarget, mismatch, type Operation, rejected } from './operation.js'

/** The states that each state may change to. */
const TRANSITIONS: Readonly<Record<string, readonly string[]>> = {
  open: ['finalized', 'pending', 'cancelled'],
  finalized: ['pending', 'cancelled'],
  pending: ['unpaid', 'paid', 'cancelled'],
  unpaid: ['paid', 'failed', 'cancelled'],
  failed: ['paid', 'cancelled'],
}

const ISSUED = 'pending'

/** The states that some state may change to. */
export const TARGET_STATES: ReadonlySet<string> = new Set(Object.values(TRANSITIONS).flat())

/** Changes an invoice's state. Issuing it passes the issue gate. */
export const setInvoiceState: Operation<SetInvoiceState> = {
  target: ({ invoiceId }) => invoiceTarget(invoiceId),
  check: async ({ invoiceId, state }, context) => {
    const invoice = await context.fresh.freshInvoice(invoiceId)
    const allowed = TRANSITIONS[invoice.state] ?? []
    if (!allowed.includes(state)) {
      const names = allowed.map(name => name.toUpperCase()).join(', ')
      const targets = names === '' ? 'no other state' : `${names} only`
      const message = `The invoice is ${invoice.state.toUpperCase()}, which can change to ${targets}.`
      throw refuse('ILLEGAL_TRANSITION', message, 'state')
    }
    if (state === ISSUED) requireReadyToIssue(invoice, context)
    return [invoice.state, ...lineIds(invoice)]
  },
  write: ({ invoiceId, state }) => ({ call: 'setState', invoiceId, state }),
  confirm: ({ input: { invoiceId, state }, idsBefore: [, ...lines] }, { invoice }) => {
    if (invoice?.id !== invoiceId || invoice.state !== state) return mismatch('another state')
    if (isIssuedOtherwise(invoice, lines)) return ISSUED_OTHERWISE
    return { invoiceId, lineItemId: null }
  },
  explain: (_input, response) =>
    response.texts.some(text => text.startsWith('Cannot transition'))
      ? 'unclear'
      : rejected(response, { notFound: ['invoiceId'] }),
  readBack: async ({ input: { invoiceId, state }, idsBefore: [before, ...lines] }, { fresh }) => {
    const invoice = await fresh.freshInvoice(invoiceId)
    if (invoice.state === state && isIssuedOtherwise(invoice, lines)) {
      return { outcome: 'INCIDENT', refusal: ISSUED_OTHERWISE }
    }
    if (invoice.state === state) return { outcome: 'FOUND', result: { invoiceId, lineItemId: null }, duplicates: [] }
    if (invoice.state === before) return { outcome: 'ABSENT' }
    const message = `Invoice ${invoiceId} is ${invoice.state.toUpperCase()} now: whether it was ${state.toUpperCase()} before cannot be determined.`
    return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
  },
}

const ISSUED_OTHERWISE = mismatch('the invoice was issued with other lines than were checked')

/** True for an issued invoice with other lines than it had when it was checked: 3scale takes no lock while it issues. */
function isIssuedOtherwise(invoice: wire.Invoice, lines: readonly string[]): boolean {
  return invoice.state === ISSUED && lineIds(invoice).join() !== lines.join()
}

function lineIds({ lineItems }: wire.Invoice): readonly string[] {
  return lineItems.map(({ id }) => id)
}
