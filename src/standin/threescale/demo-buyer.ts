import type { AddressRecord, BuyerRecord, BuyerState } from './data.js'
import { after, dayMs, formatMonth, monthStart } from './demo-calendar.js'
import { type DemoPlan, planRecords } from './demo-plans.js'

/** How a demo buyer pays: by card at once, after a declined attempt, never successfully, or by hand weeks later. */
export type PaymentHabit = 'prompt' | 'retried' | 'declined' | 'transfer'

/** A buyer of the demo and how it lives through the months. */
export interface DemoBuyer {
  readonly id: number
  readonly orgName: string
  /** Of a mail address and a login name. */
  readonly handle: string
  readonly plan: DemoPlan
  readonly pays: PaymentHabit
  /** The metric of its address lookups; that of the product when left out. */
  readonly lookupMetricId?: number
  /** The month it signed up, counted from the oldest of the demo; 0 also for older ones. */
  readonly joined?: number
  /** The month its plan changed, and the plan before. */
  readonly upgrade?: { readonly month: number; readonly from: DemoPlan }
  /** The last month it was billed for before it was deleted. */
  readonly deletedAfter?: number
  readonly vatRate?: string | undefined
  readonly state?: BuyerState
  readonly legalAddress?: AddressRecord
  readonly billingAddress?: AddressRecord
  /** The copy on invoices issued before the month it moved. */
  readonly moved?: { readonly month: number; readonly from: AddressRecord }
}

/** The record the server keeps of a demo buyer. */
export function buyerRecord(buyer: DemoBuyer, months: readonly string[]): BuyerRecord {
  const createdAt = signedUpAt(buyer, months)
  const isCharged = buyer.pays !== 'transfer' && buyer.state !== 'pending'
  return {
    id: buyer.id,
    orgName: buyer.orgName,
    createdAt,
    updatedAt: createdAt,
    state: buyer.state ?? 'approved',
    isDeleted: buyer.deletedAfter !== undefined,
    ...(buyer.legalAddress ? { legalAddress: buyer.legalAddress } : {}),
    ...(buyer.billingAddress ? { billingAddress: buyer.billingAddress } : {}),
    ...(buyer.vatRate === undefined ? {} : { vatRate: buyer.vatRate }),
    isMonthlyChargingEnabled: buyer.pays !== 'transfer',
    ...(isCharged
      ? { creditCard: { partialNumber: '4242', expiresOn: `${formatMonth(after(createdAt, 900 * dayMs))}-01` } }
      : {}),
    plans: buyer.state === 'pending' ? [] : planRecords(buyer.plan),
    users: [
      {
        id: buyer.id + 100,
        createdAt,
        updatedAt: createdAt,
        state: buyer.state === 'pending' ? 'pending' : 'active',
        role: 'admin',
        username: buyer.handle,
        email: `accounts@${buyer.handle}.example`,
      },
    ],
  }
}

// Before its first invoice; who was there at the start of the demo came at some time in the year before.
function signedUpAt(buyer: DemoBuyer, months: readonly string[]): Date {
  const oldest = monthStart(months[0] ?? '')
  const joined = months[buyer.joined ?? -1]
  return joined === undefined ? after(oldest, -(buyer.id * 2.5 - 200) * dayMs) : monthStart(joined)
}
