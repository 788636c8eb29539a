import { describe, expect, it } from 'vitest'
import { settingsForStandIn } from '../../src/demo.js'
import { addMonths } from '../../src/domain/period.js'
import { demoData } from '../../src/standin/catalyst/demo-data.js'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import type { InvoiceRecord } from '../../src/standin/threescale/data.js'
import { demoData as demoTenant } from '../../src/standin/threescale/demo-data.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock, startGateway, TODAY } from '../gateway.js'
import { CustomerCostDocument, InvoicesDocument } from '../operations/operations.generated.js'

const INVOICES = 5_000
const LINES = 20_000

/** The demo's tenant with thousands of invoices, over the ten years up to the month of the test. */
function largeTenant() {
  const tenant = demoTenant({ seed: 1, now: TODAY })
  const buyers = tenant.buyers.filter(buyer => !buyer.isDeleted)
  const invoices = Array.from({ length: INVOICES }, (_, index): InvoiceRecord => {
    const period = addMonths('2016-12', index % 120)
    return {
      id: index + 1,
      friendlyId: `${period}-${String(index + 1).padStart(8, '0')}`,
      creationType: 'background',
      state: 'open',
      createdAt: new Date(TODAY.getTime() - (INVOICES - index) * 1000),
      currency: 'NZD',
      period,
      buyerId: buyers[index % buyers.length]?.id ?? 0,
      lineItems: [],
      paymentTransactionsCount: 0,
    }
  })
  return { ...tenant, invoices }
}

describe('a tenant of five thousand invoices', () => {
  it('gives any page in a number of calls that does not grow with the list', async () => {
    await using threescale = await startThreescale({ clock, data: largeTenant() })
    const { url, accessToken } = threescale
    await using gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
    const callsFor = async (variables: object): Promise<number> => {
      threescale.requests.length = 0
      const { data, errors } = await gateway.ask(InvoicesDocument, { first: null, ...variables })
      expect(errors).toBeUndefined()
      expect(data?.invoices?.totalCount).toBe(INVOICES)
      expect(data?.invoices?.nodes).toHaveLength(20)
      return threescale.requests.length
    }
    expect(await callsFor({ first: 20 })).toBe(1)
    expect(await callsFor({ last: 20 })).toBeLessThanOrEqual(2)
    const after = Buffer.from('2021-06|1|0000000000000002500').toString('base64url')
    // The first page, then halves of fifty.
    expect(await callsFor({ first: 20, after })).toBeLessThanOrEqual(9)
  })
})

describe('a bill of twenty thousand lines', () => {
  it('tells what a customer costs', async () => {
    const data = demoData({ seed: 1, now: TODAY })
    const [projectId = ''] = Object.keys(data.documents)
    const lines = Array.from({ length: LINES }, (_, index) => ({
      category: 'Compute',
      product: `NZ-POR-1.c1.c${index % 50}r1`,
      resourceName: `customer-${index % 100}-web-${index}`,
      quantity: 744,
      rate: 0.01,
      unit: 'hour',
    }))
    const documents = { ...data.documents, [projectId]: [{ billDate: '2026-10-31', status: 'not_paid', lines }] }
    await using catalyst = await startCatalyst({ clock, data: { ...data, documents } })
    await using gateway = await startGateway({ catalyst: settingsForStandIn(catalyst), threescale: null })
    const variables = { prefix: 'customer-7', match: 'SEGMENT', month: '2026-10', projectId } as const
    const { data: answer, errors } = await gateway.ask(CustomerCostDocument, variables)
    expect(errors).toBeUndefined()
    // Two hundred lines of 7.44 each.
    expect(answer?.customerCost).toMatchObject({
      total: { net: { amount: '1488.00' } },
      lineItems: { totalCount: 200 },
    })
  })
})
