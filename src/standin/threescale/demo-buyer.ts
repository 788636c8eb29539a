import type { AddressRecord, BuyerRecord, BuyerState } from './data.js'
import { after, dayMs, formatMonth, monthStart } from './demo-calendar.js'
import { type DemoPlan, planRecords } from './demo-plans.js'

/** Payment behaviour of a demo buyer: by card at once, after a declined attempt, never, or by transfer weeks later. */
export type PaymentHabit = 'prompt' | 'retried' | 'declined' | 'transfer'

/** Buyer of the demo, with its changes over the months. */
export interface DemoBuyer {
  readonly id: number
  readonly orgName: string
  /** Name in mail addresses and user names. */
  readonly handle: string
  readonly plan: DemoPlan
  readonly pays: PaymentHabit
  /** Metric of its address lookups. Default: the product's. */
  readonly lookupMetricId?: number
  /** Index of the month in which it signed up; 0, the oldest month of the demo, also for earlier ones. */
  readonly joined?: number
  /** Day of its sign-up, `YYYY-MM-DD`, when that is long before the demo's oldest month. */
  readonly signedUpOn?: string
  /** Month of a change of plan, and the plan before. */
  readonly upgrade?: { readonly month: number; readonly from: DemoPlan }
  /** Last billed month of a deleted buyer. */
  readonly deletedAfter?: number
  readonly vatRate?: string | undefined
  readonly state?: BuyerState
  readonly legalAddress?: AddressRecord
  readonly billingAddress?: AddressRecord
  /** Address on invoices issued before the month in which it moved. */
  readonly moved?: { readonly month: number; readonly from: AddressRecord }
}

/** Database record of a demo buyer. */
export function buyerRecord(buyer: DemoBuyer, months: readonly string[]): BuyerRecord {
  const cardAddedAt = signedUpAt(buyer, months)
  const createdAt = buyer.signedUpOn === undefined ? cardAddedAt : new Date(`${buyer.signedUpOn}T00:00:00Z`)
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
      ? { creditCard: { partialNumber: '4242', expiresOn: `${formatMonth(after(cardAddedAt, 900 * dayMs))}-01` } }
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

// Before its first invoice. A buyer of the first month signed up some time in the year before.
function signedUpAt(buyer: DemoBuyer, months: readonly string[]): Date {
  const oldest = monthStart(months[0] ?? '')
  const joined = months[buyer.joined ?? -1]
  return joined === undefined ? after(oldest, -(buyer.id * 2.5 - 200) * dayMs) : monthStart(joined)
}
