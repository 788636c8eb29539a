import type { BuyerRecord, InvoiceRecord, InvoiceState, ThreescaleData } from '../../src/standin/threescale/data.js'
import { demoPlanRecords } from '../../src/standin/threescale/demo-plans.js'
import { demoProvider } from '../../src/standin/threescale/demo-provider.js'
import { demoServices } from '../../src/standin/threescale/demo-services.js'
import type { PaymentTransactionRecord } from '../../src/standin/threescale/payment-data.js'
import type { ApplicationRecord } from '../../src/standin/threescale/contract-data.js'
import { buyerCode, dollars } from './amount-tags.js'
import { instantOf } from './tags.js'

/** The tenant's buyers: more than a guard reads one by one, and some that are deleted. */
export const BUYERS = Array.from({ length: 26 }, (_, index) => 101 + index)

/** Which of them are gone, save for their invoices. */
export const DELETED_BUYERS: readonly number[] = [125, 126]

const STATES: readonly InvoiceState[] = ['paid', 'unpaid', 'open', 'paid', 'failed']
const LINES_EACH = 2

/** A buyer's 3scale account id. */
export function accountId(buyer: number): number {
  return 5_000 + buyer
}

/** A buyer's contract. */
export function contractId(buyer: number): number {
  return 300_000 + buyer
}

/** A tenant in whose records all that is a buyer's carries that buyer's tag. Provider, plans and metrics are everybody's. */
export function markedTenant(): ThreescaleData {
  const invoices = BUYERS.flatMap(buyer => Array.from({ length: invoicesOf(buyer) }, (_, nth) => [buyer, nth] as const))
    .toSorted(([, left], [, right]) => left - right)
    .map(([buyer, nth], index) => invoiceOf(buyer, nth, index))
  return {
    provider: { ...demoProvider, currency: 'EUR' },
    buyers: BUYERS.map(buyerRecord),
    invoices,
    paymentTransactions: invoices.flatMap(paymentOf),
    services: demoServices,
    plans: demoPlanRecords,
    applications: BUYERS.map(contractOf),
    subscriptions: [],
    accountContracts: [],
  }
}

/** How many invoices a buyer has. */
export function invoicesOf(buyer: number): number {
  return buyer % 5 === 0 ? 5 : 2
}

function buyerRecord(buyer: number): BuyerRecord {
  return {
    id: accountId(buyer),
    orgName: `by${buyer} & Sons`,
    createdAt: instantOf('2026-01-05', buyer),
    updatedAt: instantOf('2026-01-05', buyer),
    state: 'approved',
    isDeleted: DELETED_BUYERS.includes(buyer),
    legalAddress: {
      lines: [`by${buyer} Quay`, `Floor by${buyer}`],
      city: `City by${buyer}`,
      state: `State by${buyer}`,
      country: `Country by${buyer}`,
      phone: `phone by${buyer}`,
      zip: `zip by${buyer}`,
    },
  }
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

function paymentOf({
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
    message: `told by${buyer}`,
    gatewayResponse: { card: `card of by${buyer}` },
    isTest: false,
  }
  return paymentTransactionsCount > 0 ? [record] : []
}

function contractOf(buyer: number): ApplicationRecord {
  const at = instantOf('2026-01-05', buyer)
  return {
    id: contractId(buyer),
    buyerId: accountId(buyer),
    planId: 301,
    serviceId: 11,
    createdAt: at,
    updatedAt: at,
    state: 'live',
    credentials: { userKey: `key of by${buyer}`, providerVerificationKey: 'everybody' },
    name: `app by${buyer}`,
    description: `of by${buyer}`,
  }
}
