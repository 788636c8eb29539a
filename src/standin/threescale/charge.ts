import { findActiveBuyer } from './account-handlers.js'
import type { InvoiceRecord } from './data.js'
import { formatDecimal } from './decimal.js'
import { toGatewayResponse } from './gateway-response.js'
import { findInvoice, invoiceRoot } from './invoice-handlers.js'
import { invoiceMoney } from './invoice-money.js'
import { inState } from './invoice-transition.js'
import { locationOf } from './location.js'
import type { RouteHandler, Tenant } from './tenant.js'
import { invalid, type ValidationError } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

const failed: ValidationError = { field: 'base', message: 'Failed to charge the credit card.' }

/** `POST /api/invoices/{id}/charge`: charges the buyer's card once. All failures give the same response. */
export const handleCharge: RouteHandler = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  if (!['pending', 'unpaid', 'failed'].includes(invoice.state)) {
    return invalid(call.form, [{ field: 'state', message: `Invoice ${invoice.id} is not in chargeable state!` }])
  }
  const { cost } = invoiceMoney(invoice)
  if (cost.isNegative || cost.magnitude === 0n) {
    beginWrite(tenant, call)
    tenant.ledger.replaceInvoice(inState(invoice, 'cancelled', tenant))
    return invalid(call.form, [failed])
  }
  if (!reachesGateway(tenant, invoice)) return invalid(call.form, [failed])
  beginWrite(tenant, call)
  const charged = attempt(tenant, invoice)
  if (charged.state !== 'paid') return invalid(call.form, [failed])
  return written(201, invoiceRoot(tenant, call, charged), locationOf(call, charged.id))
}

// An attempt that does not reach the gateway leaves no transaction.
function reachesGateway(tenant: Tenant, invoice: InvoiceRecord): boolean {
  const buyer = findActiveBuyer(tenant, invoice.buyerId)
  return tenant.knobs.gateway !== 'none' && buyer?.creditCard !== undefined && (buyer.isMonthlyChargingEnabled ?? true)
}

// A failed charge keeps the invoice's state; only the daily job changes it.
function attempt(tenant: Tenant, invoice: InvoiceRecord): InvoiceRecord {
  const { ledger, knobs, clock } = tenant
  const now = clock()
  const payment = {
    id: ledger.nextPaymentId(),
    isSuccess: knobs.gateway === 'approve',
    amount: formatDecimal(invoiceMoney(invoice).cost),
    currency: invoice.currency,
    isTest: false,
  }
  ledger.addPayment({
    ...payment,
    ...toGatewayResponse(payment),
    createdAt: now,
    updatedAt: now,
    invoiceId: invoice.id,
    buyerId: invoice.buyerId,
    action: 'purchase',
  })
  const counted = { ...invoice, paymentTransactionsCount: invoice.paymentTransactionsCount + 1 }
  const outcome = payment.isSuccess ? inState(counted, 'paid', tenant) : counted
  ledger.replaceInvoice(outcome)
  return outcome
}
