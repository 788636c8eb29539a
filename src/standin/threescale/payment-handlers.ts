import { findInvoice, originOf } from './invoice-handlers.js'
import { paymentJson } from './payment-json.js'
import { paymentXml } from './payment-xml.js'
import type { RouteHandler } from './tenant.js'
import { listValidators, success } from './validators.js'
import { branch } from './xml.js'

/** `GET /api/invoices/{id}/payment_transactions`: all payments in the order of creation, not paginated. */
export const handlePayments: RouteHandler = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const payments = tenant.data.paymentTransactions
    .filter(({ invoiceId }) => invoiceId === invoice.id)
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
  const { timeZone } = tenant
  const root =
    call.form === 'json'
      ? { payment_transactions: payments.map(payment => paymentJson(payment, timeZone, originOf(call))) }
      : branch(
          'payment_transactions',
          payments.map(payment => paymentXml(payment, timeZone)),
        )
  return success(call, root, listValidators(payments))
}
