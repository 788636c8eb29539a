import { addMonths, monthAt, type YearMonth } from '../../src/domain/period.js'
import type { CatalystData, DocumentLine } from '../../src/standin/catalyst/data.js'
import { demoData as demoCloud } from '../../src/standin/catalyst/demo-data.js'
import type { AddressRecord, BuyerRecord, InvoiceRecord, ThreescaleData } from '../../src/standin/threescale/data.js'
import { demoData as demoTenant } from '../../src/standin/threescale/demo-data.js'
import { lastDay } from '../../src/standin/threescale/month.js'

/** Consecutive keys of one length, and the size of what each stands for. */
export interface KeyRange {
  readonly first: number
  readonly count: number
  /** Invoices of a buyer, or lines of a project's bill. */
  readonly size: number
}

/** Buyers with the invoices of a usual page, and with those of the server's largest. */
export const BUYERS = {
  page: { first: 5_001, count: 200, size: 20 },
  large: { first: 7_001, count: 8, size: 500 },
} as const satisfies Record<string, KeyRange>

/** Projects by the length of their bill. */
export const PROJECTS = {
  lines50: { first: 0x10_001, count: 200, size: 50 },
  lines1000: { first: 0x20_001, count: 24, size: 1_000 },
  lines20000: { first: 0x30_001, count: 4, size: 20_000 },
} as const satisfies Record<string, KeyRange>

/** All keys of a range. */
export function keysOf({ first, count }: KeyRange): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}

/** A project's id: 32 hexadecimal digits. */
export function projectIdOf(key: number): string {
  return key.toString(16).padStart(32, '0')
}

/** Lines of an invoice. */
const LINES = ['Hits', 'Address lookups', 'Fixed fee (monthly)', 'Batch geocoding, per 1,000 addresses']

/** A tenant with these buyers, with invoices of four lines. */
export function createTenant(ranges: readonly KeyRange[], now: Date): ThreescaleData {
  const demo = demoTenant({ seed: 1, now })
  const buyers = ranges.flatMap(range => keysOf(range).map(id => createBuyer(id, now)))
  let nextId = 100_001
  const invoices = ranges.flatMap(range =>
    keysOf(range).flatMap(buyerId =>
      Array.from({ length: range.size }, (_, index) => {
        // At most a hundred months.
        const age = Math.floor((index * Math.min(range.size, 100)) / range.size)
        return createInvoice(nextId++, buyerId, addMonths(monthAt(now), -1 - age))
      }),
    ),
  )
  return {
    ...demo,
    buyers,
    invoices,
    paymentTransactions: [],
    applications: [],
    subscriptions: [],
    accountContracts: [],
  }
}

/** Catalyst Cloud with these projects, each with one bill of the last month. */
export function createCloud(ranges: readonly KeyRange[], now: Date): CatalystData {
  const demo = demoCloud({ seed: 1, now })
  const [template] = demo.projects
  if (!template) throw new RangeError('the demo has no project')
  const billDate = billDateOf(now)
  const documents: Record<string, CatalystData['documents'][string]> = { ...demo.documents }
  const projects = [...demo.projects]
  for (const range of ranges) {
    for (const key of keysOf(range)) {
      const id = projectIdOf(key)
      projects.push({ ...template, id, name: `project-${key}` })
      documents[id] = [{ billDate, status: 'paid', lines: createLines(range.size) }]
    }
  }
  return { ...demo, projects, documents }
}

/** The month of the bills: the last one. */
export function billedMonth(now: Date): YearMonth {
  return addMonths(monthAt(now), -1)
}

/** The day of the bills. */
export function billDateOf(now: Date): string {
  return lastDay(billedMonth(now))
}

function createBuyer(id: number, now: Date): BuyerRecord {
  const legalAddress: AddressRecord = {
    lines: [`${id % 300} Lambton Quay`, 'Level 2'],
    city: 'Wellington',
    state: 'Wellington',
    country: 'New Zealand',
    phone: `+64 4 555 ${id}`,
    zip: '6011',
  }
  return { id, orgName: `Rātā & Sons ${id}`, legalAddress, createdAt: now, updatedAt: now, state: 'approved' }
}

function createInvoice(id: number, buyerId: number, period: YearMonth): InvoiceRecord {
  const issuedOn = `${addMonths(period, 1)}-03`
  return {
    id,
    friendlyId: `${period}-${String(id).padStart(8, '0')}`,
    creationType: 'background',
    state: 'paid',
    createdAt: new Date(`${period}-01T12:00:00Z`),
    issuedOn,
    dueOn: `${addMonths(period, 1)}-05`,
    paidAt: new Date(`${issuedOn}T21:15:42Z`),
    currency: 'NZD',
    vatRate: '15.0',
    period,
    buyerId,
    lineItems: LINES.map((name, place) => ({
      id: id * 10 + place,
      name,
      description: place === 2 ? null : `From ${period}-01 to ${lastDay(period)}`,
      quantity: place === 2 ? 1 : (id * 31 + place * 17) % 90_000,
      type: place === 2 ? 'LineItem::PlanCost' : 'LineItem::VariableCost',
      metricId: place === 2 ? null : 2_555_418 + place,
      planId: 2_357_356,
      contractId: 70_000 + buyerId,
      contractType: 'Cinstance',
      cost: ((((id * 7919) % 99_000) + place * 100) / 100).toFixed(2),
    })),
    paymentTransactionsCount: 1,
  }
}

/** Lines of a bill, by product. */
export function createLines(count: number): readonly DocumentLine[] {
  return Array.from({ length: count }, (_, index) => ({
    category: 'Compute',
    product: `NZ-POR-1.c1.c${Math.floor((index * 50) / count)}r1`,
    resourceName: `customer-${String(index).padStart(6, '0')}-web`,
    quantity: 744,
    rate: 0.01 + (index % 7) / 100,
    unit: 'hour',
  }))
}
