import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsForStandIn } from '../../src/demo.js'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { clock, type GraphqlAnswer, startGateway, type TestGateway } from '../gateway.js'
import {
  BuyersDocument,
  CustomerCostDocument,
  InvoicesDocument,
  type InvoicesQuery,
  type InvoicesQueryVariables,
  InvoicesWithLinesDocument,
  PaymentsDocument,
  ProductsDocument,
  QuotationDocument,
} from '../operations/operations.generated.js'

const VARIANTS = [
  { driver: 'odoo', generation: 'released' },
  { driver: 'odoo', generation: 'main' },
  { driver: 'jsonfile', generation: 'released' },
  { driver: 'jsonfile', generation: 'main' },
] as const

describe.each(VARIANTS)('before a $driver server and 3scale $generation', ({ driver, generation }) => {
  let gateway: TestGateway
  let stop: () => Promise<void>
  let invoiceIds: readonly string[]

  beforeAll(async () => {
    const catalyst = await startCatalyst({ clock, driver })
    const threescale = await startThreescale({ clock, generation })
    const { url, accessToken } = threescale
    gateway = await startGateway({
      catalyst: settingsForStandIn(catalyst),
      threescale: { url, accessToken, deadlineMs: 10_000 },
    })
    invoiceIds = threescale.data.invoices.map(invoice => `threescale:invoice:${invoice.id}`)
    stop = async () => {
      await gateway[Symbol.asyncDispose]()
      await Promise.all([catalyst.close(), threescale.close()])
    }
  })
  afterAll(() => stop())

  it('every invoice is listed once, newest month first, in both directions', async () => {
    const walk = async (backwards: boolean): Promise<readonly string[]> => {
      const ids: string[] = []
      for (let cursor: string | null = null, more = true; more; ) {
        const variables: InvoicesQueryVariables = backwards
          ? { last: 60, before: cursor }
          : { first: 60, after: cursor }
        const { data, errors }: GraphqlAnswer<InvoicesQuery> = await gateway.ask(InvoicesDocument, variables)
        expect(errors).toBeUndefined()
        const page = data?.invoices
        const found = page?.nodes.map(node => node.id) ?? []
        if (backwards) ids.unshift(...found)
        else ids.push(...found)
        cursor = (backwards ? page?.pageInfo.startCursor : page?.pageInfo.endCursor) ?? null
        more = (backwards ? page?.pageInfo.hasPreviousPage : page?.pageInfo.hasNextPage) ?? false
      }
      return ids
    }
    const forwards = await walk(false)
    expect(await walk(true)).toEqual(forwards)
    expect(new Set(forwards).size).toBe(forwards.length)
    expect(forwards.filter(id => id.startsWith('threescale')).toSorted()).toEqual(invoiceIds.toSorted())
    // An ERP has the bills of 2017; what is computed from usage goes back two years, a bill a month.
    expect(forwards.some(id => id.endsWith('2017-07-31'))).toBe(driver === 'odoo')
  })

  it("a bill's lines add up to its total, or a notice has the difference", async () => {
    const { data, errors } = await gateway.ask(InvoicesWithLinesDocument, { first: 40, filter: { to: '2026-10' } })
    expect(errors).toBeUndefined()
    for (const invoice of data?.invoices?.nodes ?? []) {
      const sum = Number(invoice.lineItems?.total.net.amount)
      const isTold = invoice.notices.some(notice => notice.code === 'TOTAL_MISMATCH')
      expect([invoice.id, Math.abs(sum - Number(invoice.total.net.amount)) < 1e-9]).toEqual([invoice.id, !isTold])
      expect(invoice.total.taxBasis).toBe('STATED')
    }
  })

  it('a customer has the same lines in both regions, whichever server computes the bill', async () => {
    const { data, errors } = await gateway.ask(CustomerCostDocument, { prefix: 'customer-', month: '2026-09' })
    expect(errors).toBeUndefined()
    const lines = data?.customerCost?.lineItems?.nodes ?? []
    expect(new Set(lines.map(line => line.resource?.region))).toEqual(
      new Set(['nz-por-1', 'nz-hlz-1', ...(driver === 'odoo' ? [null] : [])]),
    )
    expect(data?.customerCost).toMatchObject({ basis: 'INVOICE', period: { month: '2026-09' }, stale: false })
    expect(lines.length).toBeGreaterThan(20)
  })

  it('the running month is quoted over both regions, with tax stated or computed depending on the server', async () => {
    const { data, errors } = await gateway.ask(QuotationDocument)
    expect(errors).toBeUndefined()
    expect(data?.quotation?.regions.map(region => region.region)).toEqual(['nz-por-1', 'nz-hlz-1'])
    expect(data?.quotation?.total.taxBasis).toBe(driver === 'odoo' ? 'COMPUTED' : 'STATED')
  })

  it('prices, buyers and payments are the same', async () => {
    const [products, buyers, payments] = await Promise.all([
      gateway.ask(ProductsDocument),
      gateway.ask(BuyersDocument, { first: 100 }),
      gateway.ask(PaymentsDocument, { filter: { source: 'THREESCALE', states: ['PAID'] }, first: 10 }),
    ])
    expect([products.errors, buyers.errors, payments.errors]).toEqual([undefined, undefined, undefined])
    expect(products.data?.products?.find(one => one.name === 'c1.c2r4' && one.region === 'nz-hlz-1')?.rate).toBe(
      '0.124',
    )
    expect(buyers.data?.buyers?.totalCount).toBeGreaterThan(20)
    expect(payments.data?.invoices?.nodes.some(invoice => (invoice.payments?.length ?? 0) > 0)).toBe(true)
  })
})
