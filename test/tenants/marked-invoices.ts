import type { InvoiceRecord, InvoiceState } from '../../src/standin/threescale/data.js'
import type { PaymentTransactionRecord } from '../../src/standin/threescale/payment-data.js'
import { buyerCode, dollars } from './amount-tags.js'
import { accountId, BUYERS, contractId } from './marked-buyers.js'
import { instantOf } from './tags.js'

const STATES: readonly InvoiceState[] = ['paid', 'unpaid', 'open', 'paid', 'failed']
const LINES_EACH = 2

/** Number of a buyer's invoices. */
export function invoicesOf(buyer: number): number {
  return buyer % 5 === 0 ? 5 : 2
}

/** All invoices in order of creation, each buyer's newest first. Each carries its buyer's tag in every field. */
export function markedInvoices(): readonly InvoiceRecord[] {
  return BUYERS.flatMap(buyer => Array.from({ length: invoicesOf(buyer) }, (_, nth) => [buyer, nth] as const))
    .toSorted(([, left], [, right]) => left - right)
    .map(([buyer, nth], index) => invoiceOf(buyer, nth, index))
}

/** Attempts to charge the invoices. */
export function markedPayments({
  id,
  buyerId,
  state,
  period,
  paymentTransactionsCount,
}: InvoiceRecord): readonly PaymentTransactionRecord[] {
  const buyer = buyerId % 1_000
  const at = instantOf(`${period}-28`, buyer)
  const record: PaymentTransactionRecord = {
    id: 7_000_000 + id,
    createdAt: at,
    updatedAt: at,
    invoiceId: id,
    buyerId,
    reference: `ref-by${buyer}`,
    isSuccess: state === 'paid',
    amount: String((buyerCode(buyer) * LINES_EACH * 23) / 100),
    currency: 'EUR',
    action: 'purchase',
    message: `message of by${buyer}`,
    gatewayResponse: { card: `card of by${buyer}` },
    isTest: false,
  }
  return paymentTransactionsCount > 0 ? [record] : []
}

function invoiceOf(buyer: number, nth: number, index: number): InvoiceRecord {
  const id = (10 + index) * 1_000 + buyer
  const state = STATES[(buyer + nth) % STATES.length] ?? 'paid'
  const period = `2026-${String(10 - (nth % 4)).padStart(2, '0')}`
  return {
    id,
    friendlyId: `${period}-${String(id).padStart(8, '0')}`,
    creationType: nth % 2 === 0 ? 'background' : 'manual',
    state,
    createdAt: new Date(Date.parse('2026-11-01T00:00:00Z') + index * 1000),
    ...(state === 'paid' ? { paidAt: instantOf(`${period}-28`, buyer) } : {}),
    ...(state === 'open' ? {} : { issuedOn: `${period}-27`, dueOn: `${period}-29` }),
    currency: 'EUR',
    vatRate: '15.0',
    period,
    buyerId: accountId(buyer),
    lineItems: Array.from({ length: LINES_EACH }, (_, place) => ({
      id: (500 + index * LINES_EACH + place) * 1_000 + buyer,
      name: `line ${place} by${buyer}`,
      description: `of by${buyer}`,
      quantity: 1,
      type: place === 0 ? 'LineItem::PlanCost' : 'LineItem::VariableCost',
      metricId: place === 0 ? null : 801,
      planId: 301,
      contractId: contractId(buyer),
      contractType: 'Cinstance',
      cost: String(dollars(buyerCode(buyer))),
    })),
    paymentTransactionsCount: state === 'paid' || state === 'failed' ? 1 : 0,
  }
}
