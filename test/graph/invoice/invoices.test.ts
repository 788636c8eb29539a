import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { settingsOf, startGateway, startTestSetup, type TestGateway, type TestSetup } from '../../gateway.js'
import {
  InvoiceByIdDocument,
  InvoicesDocument,
  type InvoicesQuery,
  type InvoicesQueryVariables,
} from '../../operations/operations.generated.js'

let setup: TestSetup
/** One in front of the same systems that keeps what it has read, as in production: hundreds of pages are asked of it. */
let keeping: TestGateway
let all: readonly string[]

beforeAll(async () => {
  setup = await startTestSetup()
  keeping = await startGateway({ ...settingsOf(setup), cache: { ttls: DEFAULT_TTLS, url: null } })
  all = await walkForwards(100, 'PERIOD_DESC', setup.gateway)
})
afterAll(async () => {
  await keeping[Symbol.asyncDispose]()
  await setup[Symbol.asyncDispose]()
})

type Connection = NonNullable<InvoicesQuery['invoices']>
type Order = 'PERIOD_DESC' | 'PERIOD_ASC'

async function page(variables: InvoicesQueryVariables, gateway = setup.gateway): Promise<Connection> {
  const { data, errors } = await gateway.ask(InvoicesDocument, variables)
  expect(errors).toBeUndefined()
  if (!data?.invoices) throw new Error('no invoices')
  return data.invoices
}

async function walkForwards(first: number, orderBy: Order, gateway = keeping): Promise<readonly string[]> {
  const ids: string[] = []
  for (let after: string | null = null, more = true; more; ) {
    const { nodes, pageInfo }: Connection = await page({ first, after, orderBy }, gateway)
    expect(pageInfo.hasPreviousPage).toBe(after !== null)
    ids.push(...nodes.map(node => node.id))
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage
  }
  return ids
}

async function walkBackwards(last: number, orderBy: Order, gateway = keeping): Promise<readonly string[]> {
  const ids: string[] = []
  for (let before: string | null = null, more = true; more; ) {
    const { nodes, pageInfo }: Connection = await page({ last, before, orderBy }, gateway)
    expect(pageInfo.hasNextPage).toBe(before !== null)
    ids.unshift(...nodes.map(node => node.id))
    before = pageInfo.startCursor
    more = pageInfo.hasPreviousPage
  }
  return ids
}

describe('invoices', () => {
  it('lists the invoices of both systems in one connection, newest period first, each once', async () => {
    const { totalCount, unavailable, nodes } = await page({ first: 100 })
    expect(unavailable).toEqual([])
    expect(new Set(nodes.map(node => node.source))).toEqual(new Set(['CATALYST', 'THREESCALE']))
    const months = nodes.map(node => node.period.month)
    expect(months).toEqual(months.toSorted().reverse())
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(totalCount ?? -1)
    expect(all.length).toBeGreaterThanOrEqual(setup.threescale.data.invoices.length + 14)
  })

  it('contains every invoice of 3scale, and the bills of 2017', () => {
    const expected = setup.threescale.data.invoices.map(invoice => `threescale:invoice:${invoice.id}`)
    expect(expected.filter(id => !all.includes(id))).toEqual([])
    expect(all).toContain(`catalyst:invoice:${setup.catalyst.credentials.projectId}:2017-07-31`)
  })

  it('returns every invoice once and in order in pages of seven, forwards and backwards', async () => {
    expect(await walkForwards(7, 'PERIOD_DESC')).toEqual(all)
    expect(await walkBackwards(7, 'PERIOD_DESC')).toEqual(all)
  })

  it('returns the same list for any page size, order and direction', async () => {
    const orders = fc.constantFrom('PERIOD_DESC', 'PERIOD_ASC')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 11, max: 100 }), orders, fc.boolean(), async (size, orderBy, forwards) => {
        const walked = await (forwards ? walkForwards(size, orderBy) : walkBackwards(size, orderBy))
        expect(walked).toEqual(orderBy === 'PERIOD_DESC' ? all : all.toReversed())
      }),
      { numRuns: 8 },
    )
    // Hundreds of pages: a machine that others use as well takes its time.
  }, 180_000)

  it('has a cursor at each edge from which the list continues', async () => {
    const { edges } = await page({ first: 10 })
    const next = await page({ first: 3, after: edges[4]?.cursor ?? null })
    expect(next.nodes.map(node => node.id)).toEqual(edges.slice(5, 8).map(edge => edge.node.id))
    const between = await page({ first: 10, after: edges[1]?.cursor ?? null, before: edges[5]?.cursor ?? null })
    expect(between.nodes.map(node => node.id)).toEqual(edges.slice(2, 5).map(edge => edge.node.id))
    expect(between.pageInfo.hasNextPage).toBe(false)
  })

  it('returns only the count for a page of size 0', async () => {
    const { nodes, totalCount, pageInfo } = await page({ first: 0 })
    expect(nodes).toEqual([])
    expect(totalCount).toBe(all.length)
    expect(pageInfo).toMatchObject({ hasNextPage: true, startCursor: null, endCursor: null })
  })

  it.each([
    ['source', { source: 'CATALYST' }, (id: string) => id.startsWith('catalyst')],
    ['ledger', { ledger: 'REVENUE' }, (id: string) => id.startsWith('threescale')],
  ] as const)('filters by %s', async (_name, filter, keeps) => {
    const { nodes, totalCount } = await page({ filter, first: 100 })
    const expected = all.filter(keeps)
    expect(nodes.map(node => node.id)).toEqual(expected.slice(0, 100))
    expect(totalCount).toBe(expected.length)
  })

  it.each([[['PAID']], [['CANCELLED', 'FAILED']], [['UNPAID', 'PENDING', 'OPEN']], [['UNKNOWN']]] as const)(
    'filters by states %j',
    async states => {
      const { nodes, totalCount } = await page({ filter: { states: [...states] }, first: 100 })
      expect(nodes.every(node => states.some(state => state === node.state))).toBe(true)
      const whole = await page({ first: 0, filter: {} })
      expect(totalCount).toBeLessThan(whole.totalCount ?? 0)
      if (!states.some(state => state === 'UNKNOWN')) expect(nodes.length).toBeGreaterThan(0)
    },
  )

  it('filters by a range of months, and counts the matches', async () => {
    const { nodes, totalCount } = await page({ filter: { from: '2026-03', to: '2026-04' }, first: 100 })
    expect(new Set(nodes.map(node => node.period.month))).toEqual(new Set(['2026-04', '2026-03']))
    expect(totalCount).toBe(nodes.length)
  })

  it('filters by buyer, of either system', async () => {
    const [invoice] = setup.threescale.data.invoices.filter(one => one.state === 'paid')
    const buyerId = `threescale:buyer:${invoice?.buyerId}`
    const theirs = await page({ filter: { buyerId }, first: 100 })
    const expected = setup.threescale.data.invoices.filter(one => one.buyerId === invoice?.buyerId)
    expect(theirs.nodes.map(node => node.id).toSorted()).toEqual(
      expected.map(one => `threescale:invoice:${one.id}`).toSorted(),
    )
    const project = await page({ filter: { buyerId: 'catalyst:buyer:5fac8ecc14fc4cd6g3e59d16aae4dcb' } })
    expect(project.nodes.map(node => node.id)).toEqual(['catalyst:invoice:5fac8ecc14fc4cd6g3e59d16aae4dcb:2017-11-30'])
  })

  it('returns no invoices of another buyer beneath a buyer', async () => {
    const [one, other] = [...new Set(setup.threescale.data.invoices.map(invoice => invoice.buyerId))]
    const query = `{ buyer(id: "threescale:buyer:${one}") { invoices(filter: { buyerId: "threescale:buyer:${other}" }) { totalCount nodes { id } } } }`
    const { data } = await setup.gateway.askText(query)
    expect(data).toEqual({ buyer: { invoices: { totalCount: 0, nodes: [] } } })
  })

  it('finds an invoice by its number, and all of a month by a wildcard', async () => {
    const [invoice] = setup.threescale.data.invoices.filter(one => /^2026-05-/.test(one.friendlyId))
    const found = await page({ filter: { number: invoice?.friendlyId ?? '' } })
    expect(found.nodes.map(node => node.id)).toContain(`threescale:invoice:${invoice?.id}`)
    const many = await page({ filter: { number: '2026-05-*' }, first: 100 })
    expect(many.totalCount).toBe(
      setup.threescale.data.invoices.filter(one => one.friendlyId.startsWith('2026-05-')).length,
    )
  })

  it('calls no upstream for a filter that cannot match', async () => {
    const before = [setup.catalyst.requests.length, setup.threescale.requests.length]
    const { nodes, totalCount } = await page({ filter: { source: 'CATALYST', ledger: 'REVENUE' } })
    expect([nodes, totalCount]).toEqual([[], 0])
    expect([setup.catalyst.requests.length, setup.threescale.requests.length]).toEqual(before)
  })
})

describe('invoice', () => {
  it('is the bill of the documentation: open, 1883.64 with GST', async () => {
    const id = 'catalyst:invoice:5fac8ecc14fc4cd6g3e59d16aae4dcb:2017-11-30'
    const { data } = await setup.gateway.ask(InvoiceByIdDocument, { id })
    expect(data?.invoice).toMatchObject({
      id,
      nativeId: '5fac8ecc14fc4cd6g3e59d16aae4dcb/2017-11-30',
      state: 'OPEN',
      rawState: 'open',
      ledger: 'COST',
      issuedOn: '2017-11-30',
      total: { net: { amount: '1637.95' }, gross: { amount: '1883.64' }, taxBasis: 'COMPUTED' },
      notices: [{ code: 'LEGACY_TAX' }],
    })
  })

  it.each([
    'threescale:invoice:999999999',
    'catalyst:invoice:unknown-project:2026-10-31',
    'catalyst:invoice:714d:2026-10-30',
  ])('is null for %s, which does not exist', async id => {
    const { data } = await setup.gateway.ask(InvoiceByIdDocument, { id })
    expect(data?.invoice).toBeNull()
  })

  it('is the invoice of its own lines', async () => {
    const id = `catalyst:invoice:${setup.catalyst.credentials.projectId}:2026-10-31`
    const { data } = await setup.gateway.ask(InvoiceByIdDocument, { id })
    expect(data?.invoice?.lineItems?.nodes.length).toBeGreaterThan(30)
    expect(data?.invoice?.lineItems?.nodes.every(line => line.invoice?.id === id)).toBe(true)
  })
})
