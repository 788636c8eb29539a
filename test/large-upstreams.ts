import { addMonths } from '../src/domain/period.js'
import type { CatalystData } from '../src/standin/catalyst/data.js'
import { demoData } from '../src/standin/catalyst/demo-data.js'
import type { InvoiceRecord, LineItemRecord, ThreescaleData } from '../src/standin/threescale/data.js'
import { demoData as demoTenant } from '../src/standin/threescale/demo-data.js'

/** The demo's tenant with this many invoices and lines per invoice, over the ten years up to the tests' month. */
export function largeTenant(invoices: number, linesEach: number, now: Date): ThreescaleData {
  const tenant = demoTenant({ seed: 1, now })
  const buyers = tenant.buyers.filter(buyer => !buyer.isDeleted)
  const records = Array.from({ length: invoices }, (_, index): InvoiceRecord => {
    const period = addMonths('2016-12', index % 120)
    return {
      id: index + 1,
      friendlyId: `${period}-${String(index + 1).padStart(8, '0')}`,
      creationType: 'background',
      state: 'open',
      createdAt: new Date(now.getTime() - (invoices - index) * 1000),
      currency: 'NZD',
      period,
      buyerId: buyers[index % buyers.length]?.id ?? 0,
      lineItems: Array.from({ length: linesEach }, (_, at) => line(index * linesEach + at + 1)),
      paymentTransactionsCount: 0,
    }
  })
  return { ...tenant, invoices: records }
}

/** The demo's project with one bill for October 2026 that has this many lines of 7.44 for a hundred customers. */
export function largeBill(lines: number, now: Date): { readonly data: CatalystData; readonly projectId: string } {
  const data = demoData({ seed: 1, now })
  const [projectId = ''] = Object.keys(data.documents)
  const documentLines = Array.from({ length: lines }, (_, index) => ({
    category: 'Compute',
    product: `NZ-POR-1.c1.c${index % 50}r1`,
    resourceName: `customer-${index % 100}-web-${index}`,
    quantity: 744,
    rate: 0.01,
    unit: 'hour',
  }))
  const bill = { billDate: '2026-10-31', status: 'not_paid', lines: documentLines }
  return { data: { ...data, documents: { ...data.documents, [projectId]: [bill] } }, projectId }
}

function line(id: number): LineItemRecord {
  return {
    id,
    name: 'Hits',
    description: null,
    quantity: 3,
    type: 'LineItem::VariableCost',
    metricId: null,
    planId: null,
    contractId: null,
    contractType: null,
    cost: '12.5',
  }
}
