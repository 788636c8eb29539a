import { parseDecimal } from './decimal.js'
import { float } from './invoice-json.js'
import type { JsonObject } from './json.js'
import type { PaymentTransactionRecord } from './payment-data.js'
import { formatTimestamp } from './zoned-time.js'

/**
 * Payment in the undocumented JSON format, without the gateway's response.
 *
 * @param origin origin of the links
 */
export function paymentJson(payment: PaymentTransactionRecord, timeZone: string, origin: string): JsonObject {
  return {
    payment_transaction: {
      id: payment.id,
      created_at: formatTimestamp(payment.createdAt, timeZone),
      updated_at: formatTimestamp(payment.updatedAt, timeZone),
      reference: payment.reference ?? undefined,
      success: payment.isSuccess,
      amount: float(parseDecimal(payment.amount)),
      currency: payment.currency,
      action: payment.action ?? undefined,
      message: payment.message ?? undefined,
      test: payment.isTest,
      links: [
        { rel: 'invoice', href: `${origin}/api/invoices/${payment.invoiceId}` },
        { rel: 'account', href: `${origin}/admin/api/accounts/${payment.buyerId}` },
      ],
    },
  }
}
