import type { InvoiceRecord } from './data.js'
import { formatDecimal } from './decimal.js'
import { after, dayMs } from './demo-calendar.js'
import { gatewayAnswer } from './gateway-response.js'
import { invoiceMoney } from './invoice-money.js'
import type { PaymentTransactionRecord } from './payment-data.js'

const firstPaymentId = 3001

/** The buyer whose hand-made invoices were charged while the gateway was in its test mode. */
const testPayer = 106

/** The attempts to charge each invoice, as many as it counts: the last one succeeded if it is paid. */
export function demoPayments(invoices: readonly InvoiceRecord[]): readonly PaymentTransactionRecord[] {
  return invoices
    .flatMap(attempts)
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.invoiceId - b.invoiceId)
    .map((attempt, index) => {
      const id = firstPaymentId + index
      return { ...attempt, id, ...gatewayAnswer({ id, ...attempt }) }
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

// The job notes on the invoice when it tried; a hand-made one is first charged when it is due.
function lastAttemptAt(invoice: InvoiceRecord): Date {
  const { paidAt, updatedAt, createdAt, creationType, dueOn, paymentTransactionsCount: count } = invoice
  if (paidAt) return paidAt
  if (creationType === 'background' || dueOn === undefined) return updatedAt ?? createdAt
  return after(new Date(`${dueOn}T02:00:00Z`), (count - 1) * 3 * dayMs)
}
