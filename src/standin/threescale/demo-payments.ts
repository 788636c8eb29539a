import type { InvoiceRecord } from './data.js'
import { formatDecimal } from './decimal.js'
import { after, dayMs } from './demo-calendar.js'
import { toGatewayResponse } from './gateway-response.js'
import { invoiceMoney } from './invoice-money.js'
import type { PaymentTransactionRecord } from './payment-data.js'

const firstPaymentId = 3001

/** Buyer whose manual invoices were charged while the payment gateway was in test mode. */
const testPayer = 106

/** Payment attempts of each invoice. The last one succeeded if the invoice is paid. */
export function demoPayments(invoices: readonly InvoiceRecord[]): readonly PaymentTransactionRecord[] {
  return invoices
    .flatMap(attempts)
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.invoiceId - b.invoiceId)
    .map((attempt, index) => {
      const id = firstPaymentId + index
      return { ...attempt, id, ...toGatewayResponse({ id, ...attempt }) }
    })
}

type Attempt = Omit<PaymentTransactionRecord, 'id' | 'reference' | 'message' | 'gatewayResponse'>

function attempts(invoice: InvoiceRecord): readonly Attempt[] {
  const { paymentTransactionsCount: count, paidAt, currency } = invoice
  const amount = formatDecimal(invoiceMoney(invoice).cost)
  return Array.from({ length: count }, (_, index) => {
    const isSuccess = paidAt !== undefined && index === count - 1
    const settledAt = after(lastAttemptAt(invoice), (index - count + 1) * 3 * dayMs)
    return {
      createdAt: after(settledAt, -2000),
      updatedAt: settledAt,
      invoiceId: invoice.id,
      buyerId: invoice.buyerId,
      isSuccess,
      amount,
      currency,
      action: 'purchase',
      isTest: invoice.creationType === 'manual' && invoice.buyerId === testPayer,
    }
  })
}

// The billing job stores the time of an attempt on the invoice; a manual one is first charged when it is due.
function lastAttemptAt(invoice: InvoiceRecord): Date {
  const { paidAt, updatedAt, createdAt, creationType, dueOn, paymentTransactionsCount: count } = invoice
  if (paidAt) return paidAt
  if (creationType === 'background' || dueOn === undefined) return updatedAt ?? createdAt
  return after(new Date(`${dueOn}T02:00:00Z`), (count - 1) * 3 * dayMs)
}
