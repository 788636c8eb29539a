import type { InvoiceRecord, ThreescaleData } from './data.js'
import { INVOICE_OF_JULY_2017 } from './demo-2017.js'
import { backgroundInvoice } from './demo-background.js'
import { buyerRecord } from './demo-buyer.js'
import { demoBuyers } from './demo-buyers.js'
import { monthsUpTo } from './demo-calendar.js'
import { demoContracts } from './demo-contracts.js'
import type { InvoiceDraft } from './demo-draft.js'
import { ordinaryInvoices, rareInvoices } from './demo-manual.js'
import { demoPayments } from './demo-payments.js'
import { demoPlanRecords } from './demo-plans.js'
import { demoProvider } from './demo-provider.js'
import { demoServices } from './demo-services.js'

/** Parameters of the demo data. */
export interface DemoOptions {
  readonly seed: number
  /** The demo covers 14 months up to the month of this instant. */
  readonly now: Date
}

const monthCount = 14
const firstInvoiceId = 1001
const firstLineItemId = 9001

/** Tenant in New Zealand with about 20 buyers and 300 invoices, one of them of July 2017. The same for the same seed and instant. */
export function demoData({ seed, now }: DemoOptions): ThreescaleData {
  const months = monthsUpTo(now, monthCount)
  const background = months.flatMap((month, index) =>
    demoBuyers.flatMap(buyer => backgroundInvoice({ buyer, month, index, seed, now }) ?? []),
  )
  const drafts = [...background, ...ordinaryInvoices(demoBuyers, months, seed, now), ...rareInvoices(demoBuyers, now)]
  const numbered = numberInvoices(
    drafts.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()),
    months[0],
  )
  const invoices = [INVOICE_OF_JULY_2017, ...numbered]
  const buyers = demoBuyers.map(buyer => buyerRecord(buyer, months))
  return {
    provider: demoProvider,
    buyers,
    invoices,
    paymentTransactions: demoPayments(invoices),
    services: demoServices,
    plans: demoPlanRecords,
    ...demoContracts(buyers, now),
  }
}

// The tenant first numbered invoices by year, and later by month. Existing numbers did not change.
function numberInvoices(drafts: readonly InvoiceDraft[], yearlyMonth: string | undefined): readonly InvoiceRecord[] {
  const counters = new Map<string, number>()
  let lineItemId = firstLineItemId
  return drafts.map(({ lines, repeatsFriendlyId, ...invoice }, index) => {
    const prefix = invoice.period === yearlyMonth ? invoice.period.slice(0, 4) : invoice.period
    const number = (counters.get(prefix) ?? 0) + (repeatsFriendlyId ? 0 : 1)
    counters.set(prefix, number)
    return {
      ...invoice,
      id: firstInvoiceId + index,
      friendlyId: `${prefix}-${String(number).padStart(8, '0')}`,
      lineItems: lines.map(line => ({ ...line, id: lineItemId++ })),
    }
  })
}
