import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestSetup, type TestSetup } from '../gateway.js'
import {
  CustomerCostDocument,
  InvoiceNodesDocument,
  InvoicesWithLinesDocument,
} from '../operations/operations.generated.js'
import { CLOSED_MONTHS_ONLY } from '../upstream/catalyst/open-client.js'

let setup: TestSetup
beforeEach(async () => {
  setup = await startTestSetup()
})
afterEach(() => setup[Symbol.asyncDispose]())

/** A gateway that caches closed months, and nothing else. */
async function cacheClosedMonths(): Promise<void> {
  await setup[Symbol.asyncDispose]()
  setup = await startTestSetup({ cache: { ttls: CLOSED_MONTHS_ONLY, url: null } })
}

/** The requests that the rating servers received, without the price list, which reveals the kind of server once. */
function billRequests(): readonly string[] {
  return setup.catalyst.requests.filter(request => request !== 'GET /v2/products')
}

describe('calls to 3scale', () => {
  it('is 1 for twenty invoices with lines, buyers and provider', async () => {
    const { data } = await setup.gateway.ask(InvoicesWithLinesDocument, { filter: { source: 'THREESCALE' }, first: 20 })
    expect(data?.invoices?.nodes).toHaveLength(20)
    expect(data?.invoices?.nodes.some(node => (node.lineItems?.totalCount ?? 0) > 1)).toBe(true)
    expect(setup.threescale.requests).toEqual(['GET /api/invoices.xml'])
  })

  it('is 1 for the same twenty by id', async () => {
    const { data } = await setup.gateway.ask(InvoicesWithLinesDocument, { filter: { source: 'THREESCALE' }, first: 20 })
    const ids = data?.invoices?.nodes.map(node => node.id) ?? []
    setup.threescale.requests.length = 0
    const again = await setup.gateway.ask(InvoiceNodesDocument, { ids: [...ids, ...ids] })
    expect(again.data?.nodes.map(node => node?.id)).toEqual([...ids, ...ids])
    expect(again.data?.nodes.slice(0, 20)).toMatchObject(data?.invoices?.nodes ?? [])
    expect(setup.threescale.requests).toEqual(['GET /api/invoices.xml'])
  })

  it('is no more with list and ids in one request', async () => {
    const query = `query ($first: Int) {
      invoices(filter: { source: THREESCALE }, first: $first) { nodes { id lineItems { nodes { id invoice { id } } } } }
    }`
    await setup.gateway.askText(query, { first: 20 })
    expect(setup.threescale.requests).toHaveLength(1)
  })

  it('finds a late page by binary search instead of reading all pages before it', async () => {
    const query =
      'query ($before: String) { invoices(filter: { source: THREESCALE }, last: 5, before: $before) { pageInfo { startCursor } nodes { id } } }'
    await setup.gateway.askText(query)
    // The oldest five: the other end of the list, read from there; one more call tells that the server sorts.
    expect(setup.threescale.requests.length).toBeLessThanOrEqual(2)
    const middle =
      '{ invoices(filter: { source: THREESCALE, to: "2026-04" }, first: 5) { nodes { period { month } } } }'
    setup.threescale.requests.length = 0
    await setup.gateway.askText(middle)
    expect(setup.threescale.requests.length).toBeLessThanOrEqual(4)
  })

  it('includes a count only if the query selects it', async () => {
    // Two states are more than the server filters by: to count is to read the whole list.
    const list = (field: string) =>
      `{ invoices(filter: { source: THREESCALE, states: [PAID, FAILED] }, first: 5) { ${field} nodes { id } pageInfo { hasNextPage } } }`
    const uncounted = await setup.gateway.askText(list('unavailable'))
    expect(uncounted.errors).toBeUndefined()
    expect(setup.threescale.requests).toEqual(['GET /api/invoices.xml'])
    setup.threescale.requests.length = 0
    const skipped = await setup.gateway.askText(list('totalCount @skip(if: true)'))
    expect(skipped.errors).toBeUndefined()
    expect(setup.threescale.requests).toEqual(['GET /api/invoices.xml'])
    setup.threescale.requests.length = 0
    const counted = await setup.gateway.askText(list('totalCount'))
    const wanted = setup.threescale.data.invoices.filter(({ state }) => state === 'paid' || state === 'failed')
    expect(counted.data?.invoices).toMatchObject({ totalCount: wanted.length })
    expect(setup.threescale.requests).toEqual(Array(4).fill('GET /api/invoices.xml'))
  })

  it("reads the tenant's list for many buyers' invoices, not each buyer's", async () => {
    const query =
      '{ invoices(filter: { source: THREESCALE }, first: 20) { nodes { buyer { invoices(first: 2) { totalCount } } } } }'
    const { data, errors } = await setup.gateway.askText(query)
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
    // Four pages of a hundred; the first serves both lists.
    expect(setup.threescale.requests).toEqual(Array(4).fill('GET /api/invoices.xml'))
  })
})

describe('calls to Catalyst', () => {
  const cost = (alias: string, month: string) =>
    `${alias}: customerCost(prefix: "customer-wcc", month: "${month}") { total { net { amount } } }`

  it('is 1 for the costs of three months in one request', async () => {
    const query = `{ ${cost('a', '2026-08')} ${cost('b', '2026-09')} ${cost('c', '2026-10')} }`
    const { errors } = await setup.gateway.askText(query)
    expect(errors).toBeUndefined()
    expect(setup.catalyst.requests).toEqual(['GET /v2/invoices'])
  })

  it('is 1 for months that are years apart', async () => {
    await setup.gateway.askText(`{ ${cost('a', '2017-07')} ${cost('b', '2026-09')} ${cost('c', '2026-10')} }`)
    expect(setup.catalyst.requests).toEqual(['GET /v2/invoices'])
  })

  it('is 1 for two equal fields, and for the lines of their bills', async () => {
    const field =
      'customerCost(prefix: "customer-wcc", month: "2026-10") { lineItems { nodes { invoice { id } } } invoices { lineItems { totalCount } } }'
    await setup.gateway.askText(`{ a: ${field} b: ${field} }`)
    expect(setup.catalyst.requests).toEqual(['GET /v2/invoices'])
  })

  it('is 1 per project for several projects', async () => {
    const other = cost('b', '2017-11').replace('prefix', 'projectId: "5fac8ecc14fc4cd6g3e59d16aae4dcb", prefix')
    await setup.gateway.askText(`{ ${cost('a', '2026-10')} ${other} }`)
    expect(setup.catalyst.requests).toEqual(['GET /v2/invoices', 'GET /v2/invoices'])
  })

  /** Records the start and the `detailed` flag of each request for bills from now on. */
  function watchBills(): string[] {
    const asked: string[] = []
    for (const region of Object.values(setup.catalyst.regions)) {
      region.intercept = ({ path, query }) => {
        if (path === '/v2/invoices') asked.push(`${query.get('start')} detailed=${query.get('detailed')}`)
        return undefined
      }
    }
    return asked
  }

  it('is 2 for a page of the whole list, an index and the bills of the page, whatever is selected', async () => {
    const asked = watchBills()
    const page = (selection: string) =>
      setup.gateway.askText(
        `{ invoices(filter: { source: CATALYST }, first: 3) { totalCount nodes { ${selection} } } }`,
      )
    await page('id total { net { amount } }')
    expect(asked).toEqual(['2016-12-01 detailed=False', '2026-08-01 detailed=True'])
    asked.length = 0
    await page('id lineItems { totalCount } breakdown(by: REGION) { key }')
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  it('is for the newest months only when the rest is cached', async () => {
    await cacheClosedMonths()
    const query = '{ invoices(filter: { source: CATALYST }, first: 100) { nodes { id total { net { amount } } } } }'
    const first = await setup.gateway.askText(query)
    const asked = watchBills()
    const second = await setup.gateway.askText(query)
    expect(second.data).toEqual(first.data)
    expect(asked).toHaveLength(2)
    expect(asked.filter(question => question < '2026-05')).toEqual([])
  })

  it('is 1 for a list of a year, with lines or without', async () => {
    const asked = watchBills()
    await setup.gateway.askText(
      '{ invoices(filter: { source: CATALYST, from: "2025-12" }, first: 100) { totalCount nodes { total { net { amount } } lineItems { nodes { invoice { id } } } } } }',
    )
    expect(asked).toEqual(['2025-12-01 detailed=True'])
  })

  it('is 1 per region for the whole list when lines cost the server nothing', async () => {
    await using other = await startTestSetup({ catalyst: { driver: 'jsonfile' } })
    const query = '{ invoices(filter: { source: CATALYST }, first: 100) { nodes { total { net { amount } } } } }'
    await other.gateway.askText(query)
    const asked = other.catalyst.requests.filter(request => request === 'GET /v2/invoices')
    expect(asked).toHaveLength(2)
  })

  it('is 0 for closed and paid months that were read before', async () => {
    await cacheClosedMonths()
    const variables = { prefix: 'customer-wcc', month: '2017-07' }
    const first = await setup.gateway.ask(CustomerCostDocument, variables)
    const second = await setup.gateway.ask(CustomerCostDocument, variables)
    expect(second.data).toEqual(first.data)
    expect(billRequests()).toHaveLength(1)
  })

  it('is 1 per region for a quotation', async () => {
    await setup.gateway.askText(
      '{ quotation { total { net { amount } } lineItems { totalCount } breakdown(by: REGION) { key } } }',
    )
    expect(setup.catalyst.requests).toEqual(['GET /v2/quotations', 'GET /v2/quotations'])
  })
})

describe('calls to Keystone', () => {
  it('is 1 for a hundred requests at once', async () => {
    const variables = { prefix: 'customer-wcc', month: '2026-10' }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => setup.gateway.ask(CustomerCostDocument, variables)),
    )
    expect(answers.filter(answer => answer.errors)).toEqual([])
    expect(setup.catalyst.keystone.requests).toEqual(['POST /v3/auth/tokens'])
  })

  it('is 1 more when the token is refused, without an error for the caller', async () => {
    const variables = { prefix: 'customer-wcc', month: '2026-10' }
    await setup.gateway.ask(CustomerCostDocument, variables)
    setup.catalyst.revokeTokens()
    const { errors } = await setup.gateway.ask(CustomerCostDocument, variables)
    expect(errors).toBeUndefined()
    expect(setup.catalyst.keystone.requests).toHaveLength(2)
  })

  it('is 1 more, not 1 per query, while every token is refused', async () => {
    const variables = { prefix: 'customer-wcc', month: '2026-10' }
    await setup.gateway.ask(CustomerCostDocument, variables)
    const before = setup.catalyst.requests.length
    for (const { faults } of Object.values(setup.catalyst.regions)) faults.push({ route: '*', kind: 'status:401' })
    for (let asked = 0; asked < 20; asked++) {
      const { errors } = await setup.gateway.ask(CustomerCostDocument, variables)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_DENIED' })
    }
    expect(setup.catalyst.keystone.requests).toHaveLength(2)
    expect(setup.catalyst.requests.length - before).toBe(21)
  })
})
