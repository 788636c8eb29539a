import { formatDecimal, parseDecimal } from './decimal.js'
import { gatewayXml } from './gateway-xml.js'
import type { PaymentTransactionRecord } from './payment-data.js'
import { branch, leaf } from './xml.js'
import { formatTimestamp } from './zoned-time.js'

/** `<payment_transaction>` element, with the gateway's complete response. */
export function paymentXml(payment: PaymentTransactionRecord, timeZone: string): string {
  return branch('payment_transaction', [
    leaf('id', payment.id),
    leaf('created_at', formatTimestamp(payment.createdAt, timeZone)),
    leaf('updated_at', formatTimestamp(payment.updatedAt, timeZone)),
    leaf('invoice_id', payment.invoiceId),
    leaf('account_id', payment.buyerId),
    leaf('reference', payment.reference),
    leaf('success', payment.isSuccess),
    leaf('amount', formatDecimal(parseDecimal(payment.amount))),
    leaf('currency', payment.currency),
    leaf('action', payment.action),
    leaf('message', payment.message),
    gatewayXml('gateway_response', payment.gatewayResponse),
    leaf('test', payment.isTest),
  ])
}
