import { findActiveBuyer } from './account-handlers.js'
import type { AddressRecord, InvoiceRecord, InvoiceState } from './data.js'
import { findInvoice, invoiceRoot } from './invoice-handlers.js'
import { frameworkError } from './responses.js'
import type { RouteHandler, Tenant } from './tenant.js'
import { invalid } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

/** Allowed transitions between states. No state can be entered twice. */
const transitions: Readonly<Record<InvoiceState, readonly InvoiceState[]>> = {
  open: ['finalized', 'pending', 'cancelled'],
  finalized: ['pending', 'cancelled'],
  pending: ['unpaid', 'paid', 'cancelled'],
  unpaid: ['paid', 'failed', 'cancelled'],
  failed: ['paid', 'cancelled'],
  paid: [],
  cancelled: [],
}

/** `PUT /api/invoices/{id}/state`: changes the state to `state`, which is outside the wrapper. */
export const handleTransition: RouteHandler = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const sent = call.parameters.text('state') ?? ''
  const wanted = sent === 'cancel' ? 'cancelled' : sent
  const target = transitions[invoice.state].find(state => state === wanted)
  if (!target) return invalid(call.form, [{ field: 'base', message: `Cannot transition to ${sent}` }])

  beginWrite(tenant, call)
  // The PDF of an issued invoice needs its buyer.
  if (target === 'pending' && !findActiveBuyer(tenant, invoice.buyerId)) return frameworkError(500)
  const moved = inState(invoice, target, tenant)
  tenant.ledger.replaceInvoice(moved)
  return written(200, invoiceRoot(tenant, call, moved))
}

/** Copy of the invoice in another state, with the dates and figures that change with it. */
export function inState(invoice: InvoiceRecord, state: InvoiceState, tenant: Tenant): InvoiceRecord {
  const now = tenant.clock()
  const moved = { ...invoice, state, updatedAt: now }
  switch (state) {
    case 'pending':
      return issued(moved, now, tenant)
    case 'paid':
      return { ...moved, paidAt: now }
    case 'cancelled':
      // An invoice has its own currency only after the issue.
      return invoice.issuedOn === undefined ? { ...moved, currency: '' } : moved
    default:
      return moved
  }
}

const dayMs = 24 * 60 * 60 * 1000
const daysToPay = 2
const noAddress: AddressRecord = { lines: [], city: null, state: null, country: null, phone: null, zip: null }

// From the issue on, the invoice has its own currency, VAT rate and copies of the addresses.
function issued(invoice: InvoiceRecord, now: Date, tenant: Tenant): InvoiceRecord {
  const date = (at: Date): string => at.toISOString().slice(0, 10)
  const buyer = findActiveBuyer(tenant, invoice.buyerId)
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
