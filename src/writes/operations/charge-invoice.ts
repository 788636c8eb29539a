import { parseDecimal } from '../../domain/decimal.js'
import type { ChargeInvoice } from '../intent.js'
import { refuse, type WriteRefusal } from '../refusal.js'
import { CLOCK_SKEW_MS, type Finding, invoiceTarget, mismatch, type Operation, rejected } from './operation.js'

const CHARGEABLE: ReadonlySet<string> = new Set(['pending', 'unpaid', 'failed'])

/**
 * Charges the buyer's card. A worker of 3scale that dies between the payment provider's answer and its own record takes the money and
 * leaves no trace, so that a charge without a clear response is never sent again.
 */
export const chargeInvoice: Operation<ChargeInvoice> = {
  target: ({ invoiceId }) => invoiceTarget(invoiceId),
  check: async ({ invoiceId }, { fresh, ofTarget, now, settleMs, hasAutomaticCharging }) => {
    const invoice = await fresh.freshInvoice(invoiceId)
    const state = invoice.state.toUpperCase()
    if (!CHARGEABLE.has(invoice.state)) {
      const message = `The invoice is ${state}: only a PENDING, UNPAID or FAILED invoice can be charged.`
      throw refuse('ILLEGAL_TRANSITION', message, 'invoiceId')
    }
    if (parseDecimal(invoice.cost).digits <= 0n) {
      const message = 'The total is not positive: 3scale would cancel the invoice instead of charging it.'
      throw refuse('CONFLICT', message, 'invoiceId')
    }
    // By a person's word, where 3scale has no trace of it.
    const earlier = ofTarget.find(({ input, state }) => input.operation === 'chargeInvoice' && state === 'DONE')
    if (earlier) {
      const message = `The charge with the key ${earlier.key} is DONE, although the invoice is ${state}: another one could take the money twice. Set the invoice to PAID instead.`
      throw refuse('CONFLICT', message, 'invoiceId')
    }
    // The server can carry the request out until then.
    const latest = new Date(now.getTime() + settleMs + CLOCK_SKEW_MS)
    if (hasAutomaticCharging && invoice.due_on !== '' && latest.toISOString().slice(0, 10) >= invoice.due_on) {
      const message = `3scale's own daily job charges the invoice from ${invoice.due_on} on, and could charge it as well as a request that is sent now.`
      throw refuse('CONFLICT', message, 'invoiceId')
    }
    return (await fresh.freshPayments(invoiceId)).map(({ id }) => id)
  },
  write: ({ invoiceId }) => ({ call: 'charge', invoiceId }),
  confirm: ({ input }, { invoice }) => {
    if (invoice?.id === input.invoiceId && invoice.state === 'paid') {
      return { invoiceId: invoice.id, lineItemId: null }
    }
    return mismatch('the invoice is not paid')
  },
  explain: (_input, response) => {
    if (response.texts.some(text => text.endsWith('is not in chargeable state!'))) return 'unclear'
    const isFailure = response.texts.some(text => text.startsWith('Failed to charge'))
    return isFailure ? failed(response.texts.join(' ')) : rejected(response, { notFound: ['invoiceId'] })
  },
  lateEffect: async (intent, { fresh, ofTarget, settleMs }) => {
    const { invoiceId } = intent.input
    const until = Date.parse(intent.sentAt ?? '') + settleMs + CLOCK_SKEW_MS
    const charged = (await fresh.freshPayments(invoiceId)).filter(
      ({ id, success, created_at }) => success && !intent.idsBefore.includes(id) && Date.parse(created_at) <= until,
    )
    const others = ofTarget.filter(({ id, input, state }) => {
      return (
        id !== intent.id && input.operation === 'chargeInvoice' && !['REJECTED', 'ABSENT', 'EXPIRED'].includes(state)
      )
    })
    if (charged.length <= others.length) return null
    const message = `The charge of invoice ${invoiceId} was refused, but the buyer has been charged since (payment ${charged.map(({ id }) => id).join(', ')}): a copy of the request may have come later. If no other charge was intended, refund it.`
    return { code: 'INCIDENT', message, field: null }
  },
  readBack: async ({ input: { invoiceId }, idsBefore, result }, { fresh }) => {
    const { state, due_on } = await fresh.freshInvoice(invoiceId)
    const attempts = (await fresh.freshPayments(invoiceId)).filter(({ id }) => !idsBefore.includes(id))
    const charged = attempts.filter(({ success }) => success).map(({ id }) => id)
    if (charged.length > 1) {
      return incident(
        `Invoice ${invoiceId} was charged ${charged.length} times (payments ${charged.join(', ')}): a copy of the request may have been carried out as well. Refund those that are too many.`,
      )
    }
    // 3scale has said of a charge with a result that it is paid.
    if (result !== null || (state === 'paid' && charged.length === 1)) {
      return { outcome: 'FOUND', result: { invoiceId, lineItemId: null }, duplicates: [] }
    }
    if (charged.length === 0 && attempts.length === 1) {
      return { outcome: 'REJECTED', refusal: failed('The payment was declined.') }
    }
    const until = due_on === '' ? '' : ` Decide before ${due_on}: from then on 3scale's own job may charge it again.`
    return incident(
      `Whether invoice ${invoiceId} was charged cannot be determined from 3scale. Look for order ${invoiceId} at the payment provider.${until}`,
    )
  },
}

function incident(message: string): Finding {
  return { outcome: 'INCIDENT', refusal: { code: 'INCIDENT', message, field: null } }
}

function failed(reason: string): WriteRefusal {
  return { code: 'CHARGE_FAILED', message: `The charge failed. ${reason}`.trimEnd(), field: null }
}
