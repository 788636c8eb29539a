import { findLivingBuyer } from './account-handlers.js'
import type { AddressRecord, InvoiceRecord, InvoiceState } from './data.js'
import { findInvoice, invoiceRoot } from './invoice-handlers.js'
import { frameworkError } from './responses.js'
import type { Answer, Tenant } from './tenant.js'
import { invalid } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

/** Where an invoice may go from each state. There is no way back. */
const transitions: Readonly<Record<InvoiceState, readonly InvoiceState[]>> = {
  open: ['finalized', 'pending', 'cancelled'],
  finalized: ['pending', 'cancelled'],
  pending: ['unpaid', 'paid', 'cancelled'],
  unpaid: ['paid', 'failed', 'cancelled'],
  failed: ['paid', 'cancelled'],
  paid: [],
  cancelled: [],
}

/** `PUT /api/invoices/{id}/state`: to the `state` of the top level, once. */
export const answerTransition: Answer = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const sent = call.parameters.text('state') ?? ''
  const wanted = sent === 'cancel' ? 'cancelled' : sent
  const target = transitions[invoice.state].find(state => state === wanted)
  if (!target) return invalid(call.form, [{ field: 'base', message: `Cannot transition to ${sent}` }])

  beginWrite(tenant, call)
  // The PDF of an issued invoice cannot be made without its buyer.
  if (target === 'pending' && !findLivingBuyer(tenant, invoice.buyerId)) return frameworkError(500)
  const moved = inState(invoice, target, tenant)
  tenant.ledger.replaceInvoice(moved)
  return written(200, invoiceRoot(tenant, call, moved))
}

/** The invoice in another state, with what follows from that. */
export function inState(invoice: InvoiceRecord, state: InvoiceState, tenant: Tenant): InvoiceRecord {
  const now = tenant.clock()
  const moved = { ...invoice, state, updatedAt: now }
  switch (state) {
    case 'pending':
      return issued(moved, now, tenant)
    case 'paid':
      return { ...moved, paidAt: now }
    case 'cancelled':
      // Only the issue gives an invoice a currency of its own.
      return invoice.issuedOn === undefined ? { ...moved, currency: '' } : moved
    default:
      return moved
  }
}

const dayMs = 24 * 60 * 60 * 1000
const daysToPay = 2
const noAddress: AddressRecord = { lines: [], city: null, state: null, country: null, phone: null, zip: null }

// The invoice's own currency and rate are from now on nobody else's; the addresses are copied.
function issued(invoice: InvoiceRecord, now: Date, tenant: Tenant): InvoiceRecord {
  const date = (at: Date): string => at.toISOString().slice(0, 10)
  const buyer = findLivingBuyer(tenant, invoice.buyerId)
  return {
    ...invoice,
    issuedOn: date(now),
    dueOn: date(new Date(now.getTime() + daysToPay * dayMs)),
    frozenAddresses: {
      provider: tenant.data.provider.legalAddress ?? noAddress,
      buyer: buyer?.legalAddress ?? noAddress,
    },
  }
}
