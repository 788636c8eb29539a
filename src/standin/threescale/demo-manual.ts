import type { InvoiceState } from './data.js'
import type { DemoBuyer } from './demo-buyer.js'
import { after, dayMs, formatDate, formatMonth } from './demo-calendar.js'
import type { InvoiceDraft, LineDraft } from './demo-draft.js'
import { manualLine } from './demo-draft.js'
import { createRandom } from './demo-random.js'

/** Manual invoice with a date relative to now, so that every state exists on any day. */
interface ManualCase {
  readonly daysAgo: number
  readonly buyerId: number
  readonly state: InvoiceState
  readonly lines: readonly LineDraft[]
  /** Number of payment attempts. */
  readonly attempts?: number
  /** For a void invoice: whether it had been issued. */
  readonly wasIssued?: boolean
  readonly repeatsFriendlyId?: boolean
}

const cases: readonly ManualCase[] = [
  { daysAgo: 0, buyerId: 105, state: 'open', lines: [] },
  {
    daysAgo: 1,
    buyerId: 102,
    state: 'open',
    lines: [
      manualLine('Workshop — "R&D" <half day>', '640.5', { description: 'Preparation\nTravel & meals', quantity: 2 }),
      manualLine('Goodwill credit', '-900'),
      manualLine('Extra support', '35.25', {
        description: 'for one application',
        quantity: 1,
        type: 'LineItem::PlanCost',
        planId: 302,
        contractId: 502,
        contractType: 'Cinstance',
      }),
    ],
  },
  { daysAgo: 2, buyerId: 113, state: 'finalized', lines: [manualLine('Fraction of a request', '0.125')] },
  {
    daysAgo: 1,
    buyerId: 110,
    state: 'pending',
    lines: [
      manualLine('Data export', '180', { quantity: 1, planId: 311, contractId: 710, contractType: 'ServiceContract' }),
    ],
  },
  {
    daysAgo: 4,
    buyerId: 103,
    state: 'unpaid',
    lines: [manualLine('Priority support', '95.005', { quantity: 1 })],
    attempts: 1,
  },
  { daysAgo: 9, buyerId: 101, state: 'pending', lines: [manualLine('Credit for the outage', '-1250.5')] },
  {
    daysAgo: 12,
    buyerId: 118,
    state: 'failed',
    // This application has been deleted since.
    lines: [
      manualLine('Number porting', '62', { quantity: 4, planId: 301, contractId: 598, contractType: 'Cinstance' }),
    ],
    attempts: 3,
  },
  { daysAgo: 20, buyerId: 104, state: 'cancelled', lines: [manualLine('Written by mistake', '400')] },
  {
    daysAgo: 33,
    buyerId: 107,
    state: 'paid',
    lines: [
      manualLine('Address lookups', '0.0001', {
        quantity: 1,
        type: 'LineItem::VariableCost',
        metricId: 802,
        planId: 304,
        contractId: 507,
        contractType: 'Cinstance',
      }),
    ],
    attempts: 1,
  },
  {
    daysAgo: 50,
    buyerId: 109,
    state: 'cancelled',
    wasIssued: true,
    lines: [manualLine('Training', '1500', { quantity: 3 })],
  },
  {
    daysAgo: 70,
    buyerId: 108,
    state: 'cancelled',
    wasIssued: true,
    lines: [manualLine('Rounding difference', '-0.004')],
  },
  {
    daysAgo: 100,
    buyerId: 106,
    state: 'paid',
    lines: [manualLine('導入支援', '2400', { quantity: 2 })],
    attempts: 1,
    repeatsFriendlyId: true,
  },
]

/** Manual invoices with one rare case each. */
export function rareInvoices(buyers: readonly DemoBuyer[], now: Date): readonly InvoiceDraft[] {
  return cases.map(rare => manualInvoice(rare, buyers, now))
}

/** Two to four ordinary manual invoices in each past month. */
export function ordinaryInvoices(
  buyers: readonly DemoBuyer[],
  months: readonly string[],
  seed: number,
  now: Date,
): readonly InvoiceDraft[] {
  const eligible = buyers.filter(
    ({ state, deletedAfter, joined }) => !state && deletedAfter === undefined && joined === undefined,
  )
  return months.slice(0, -1).flatMap(month => {
    const random = createRandom(`${seed}/manual/${month}`)
    return Array.from({ length: random.integer(2, 4) }, () => {
      const buyer = eligible[random.integer(0, eligible.length - 1)]
      const createdAt = new Date(`${month}-${random.integer(10, 27)}T0${random.integer(0, 9)}:15:30Z`)
      const hours = random.integer(1, 12)
      const support = manualLine('Consulting', String(hours * 165), { description: `${hours} hours`, quantity: hours })
      const lines = random.chance(30) ? [support, manualLine('Loyalty discount', `-${hours * 8}.${hours}5`)] : [support]
      const daysAgo = (now.getTime() - createdAt.getTime()) / dayMs
      const state = daysAgo < 5 ? 'pending' : 'paid'
      return manualInvoice({ daysAgo, buyerId: buyer?.id ?? 0, state, lines, attempts: 1 }, buyers, now)
    })
  })
}

const hourMs = dayMs / 24

function manualInvoice(rare: ManualCase, buyers: readonly DemoBuyer[], now: Date): InvoiceDraft {
  const { state, buyerId, lines, wasIssued = false, repeatsFriendlyId = false } = rare
  const createdAt = after(now, -rare.daysAgo * dayMs)
  const isIssued = state === 'cancelled' ? wasIssued : state !== 'open' && state !== 'finalized'
  const issuedAt = after(createdAt, hourMs)
  const dueAt = after(issuedAt, 2 * dayMs)
  const paidAt = after(dueAt, 2 * hourMs)
  const vatRate = buyers.find(({ id }) => id === buyerId)?.vatRate
  return {
    creationType: 'manual',
    state,
    createdAt,
    updatedAt: state === 'paid' ? paidAt : isIssued ? issuedAt : createdAt,
    ...(state === 'paid' ? { paidAt } : {}),
    ...(isIssued ? { issuedOn: formatDate(issuedAt), dueOn: formatDate(dueAt) } : {}),
    currency: state === 'cancelled' && !wasIssued ? '' : 'NZD',
    ...(vatRate === undefined ? {} : { vatRate }),
    period: formatMonth(createdAt),
    buyerId,
    lines,
    paymentTransactionsCount: state === 'pending' || state === 'cancelled' ? 0 : (rare.attempts ?? 0),
    repeatsFriendlyId,
  }
}
