import type { BuyerRecord, InvoiceRecord, ThreescaleData } from '../src/standin/threescale/data.js'
import { demoData } from '../src/standin/threescale/demo-data.js'

/** Size of a tenant. */
export interface WideTenantOptions {
  readonly now: Date
  readonly buyers: number
  readonly invoices: number
  /** Distance between the ids of two invoices: a server assigns ids across all its tenants. */
  readonly idStep?: number
}

/** Id of the first buyer, and of the first contract. */
export const FIRST_BUYER = 5_001
export const FIRST_CONTRACT = 70_001

/**
 * The demo's tenant with other buyers, one contract each, and this many invoices of two lines each. They are billed month by month
 * up to the tests' month: every buyer once a month, in order of their ids.
 */
export function wideTenant(options: WideTenantOptions): ThreescaleData {
  const { now, idStep = 1 } = options
  const demo = demoData({ seed: 1, now })
  const months = Math.ceil(options.invoices / options.buyers)
  const buyers = Array.from({ length: options.buyers }, (_, index): BuyerRecord => {
    return { id: FIRST_BUYER + index, orgName: `Buyer ${index}`, createdAt: now, updatedAt: now, state: 'approved' }
  })
  const invoices = Array.from({ length: options.invoices }, (_, index): InvoiceRecord => {
    const id = 1_000 + index * idStep
    return {
      id,
      friendlyId: 'fix',
      creationType: 'background',
      state: 'paid',
      createdAt: new Date(now.getTime() - (options.invoices - index) * 1000),
      currency: 'NZD',
      period: monthBefore(now, months - 1 - Math.floor(index / options.buyers)),
      buyerId: FIRST_BUYER + (index % options.buyers),
      lineItems: [1, 2].map(place => ({
        id: id * 10 + place,
        name: `line ${place}`,
        description: null,
        quantity: 1,
        type: '',
        metricId: null,
        planId: null,
        contractId: null,
        contractType: null,
        cost: '1.5',
      })),
      paymentTransactionsCount: 0,
    }
  })
  const [application] = demo.applications
  const applications = application
    ? buyers.map((buyer, index) => ({ ...application, id: FIRST_CONTRACT + index, buyerId: buyer.id }))
    : []
  return { ...demo, buyers, invoices, applications, paymentTransactions: [], subscriptions: [], accountContracts: [] }
}

function monthBefore(now: Date, months: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months)).toISOString().slice(0, 7)
}
