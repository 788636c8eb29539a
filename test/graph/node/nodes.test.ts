import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSetup, type TestSetup } from '../../gateway.js'
import {
  BuyerByIdDocument,
  InvoicesWithLinesDocument,
  ProviderByIdDocument,
  QuotationDocument,
} from '../../operations/operations.generated.js'

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup()
})
afterAll(() => setup[Symbol.asyncDispose]())

/** The node with an id, with its type. */
async function nodeOf(id: string): Promise<unknown> {
  const { data, errors } = await setup.gateway.askText('query ($id: ID!) { node(id: $id) { __typename id } }', { id })
  expect(errors).toBeUndefined()
  return data?.node
}

describe('node', () => {
  it('returns every invoice, line item, buyer and provider of a page by its id', async () => {
    const { data } = await setup.gateway.ask(InvoicesWithLinesDocument, { filter: { to: '2026-10' }, first: 6 })
    const { nodes } = data?.invoices ?? { nodes: [] }
    expect(new Set(nodes.map(node => node.source)).size).toBe(2)
    for (const invoice of nodes) {
      expect(await nodeOf(invoice.id)).toEqual({ __typename: 'Invoice', id: invoice.id })
      expect(await nodeOf(invoice.provider.id)).toEqual({ __typename: 'Provider', id: invoice.provider.id })
      const line = invoice.lineItems?.nodes.at(-1)
      if (line) expect(await nodeOf(line.id)).toEqual({ __typename: 'LineItem', id: line.id })
      if (!invoice.buyer.deleted)
        expect(await nodeOf(invoice.buyer.id)).toEqual({ __typename: 'Buyer', id: invoice.buyer.id })
    }
  })

  it("returns a quotation's line by its id until the end of the day", async () => {
    const { data } = await setup.gateway.ask(QuotationDocument)
    const [line] = data?.quotation?.lineItems?.nodes ?? []
    expect(line?.invoice).toBeNull()
    expect(await nodeOf(line?.id ?? '')).toEqual({ __typename: 'LineItem', id: line?.id })
    expect(await nodeOf((line?.id ?? '').replace('2026-11-22', '2026-11-21'))).toBeNull()
  })

  it.each([
    'threescale:invoice:987654321',
    'threescale:line-item:1001:1',
    'threescale:buyer:987654321',
    'threescale:provider:987654321',
    'threescale:payment:1001:1',
    'threescale:payment:987654321:1',
    'threescale:contract:987654321',
    'threescale:metric:987654321',
    'catalyst:buyer:nowhere',
    'catalyst:provider:unknown',
    'catalyst:line-item:nowhere:2026-10-31:0',
  ])('is null for %s, which does not exist', async id => {
    expect(await nodeOf(id)).toBeNull()
  })
})

describe('buyer', () => {
  it('is an account of 3scale with its state, address and invoices', async () => {
    const [buyer] = setup.threescale.data.buyers.filter(one => !one.isDeleted && one.orgName.startsWith('WCC'))
    const { data } = await setup.gateway.ask(BuyerByIdDocument, { id: `threescale:buyer:${buyer?.id}` })
    expect(data?.buyer).toMatchObject({
      name: buyer?.orgName,
      state: buyer?.state,
      deleted: false,
      source: 'THREESCALE',
    })
    expect(data?.buyer?.invoices?.totalCount).toBe(
      setup.threescale.data.invoices.filter(one => one.buyerId === buyer?.id).length,
    )
  })

  it('is a project of Catalyst with its bills', async () => {
    const { projectId, projectName } = setup.catalyst.credentials
    const { data } = await setup.gateway.ask(BuyerByIdDocument, { id: `catalyst:buyer:${projectId}` })
    expect(data?.buyer).toMatchObject({ name: projectName, nativeId: projectId, state: null, address: null })
    expect(data?.buyer?.invoices?.totalCount).toBeGreaterThan(14)
  })
})

describe('provider', () => {
  it('is the tenant of 3scale, and Catalyst Cloud', async () => {
    const tenant = await setup.gateway.ask(ProviderByIdDocument, { id: 'threescale:provider:4' })
    expect(tenant.data?.provider).toMatchObject({
      nativeId: '4',
      source: 'THREESCALE',
      address: { lines: expect.any(Array) },
    })
    const cloud = await setup.gateway.ask(ProviderByIdDocument, { id: 'catalyst:provider:catalyst-cloud' })
    expect(cloud.data?.provider).toMatchObject({ name: 'Catalyst Cloud', address: null })
  })
})

describe('_entities', () => {
  const query =
    'query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename ... on Invoice { id number } ... on Buyer { id } } }'

  it('resolves references by id and by native id together, and null for unknown ones', async () => {
    const ids = setup.threescale.data.invoices.slice(0, 10).map(invoice => String(invoice.id))
    const keys = [
      ...ids.map(nativeId => ({ __typename: 'Invoice', source: 'THREESCALE', nativeId })),
      ...ids.map(id => ({ __typename: 'Invoice', id: `threescale:invoice:${id}` })),
      { __typename: 'Invoice', id: 'threescale:invoice:987654321' },
      { __typename: 'Buyer', source: 'CATALYST', nativeId: setup.catalyst.credentials.projectId },
    ]
    const before = setup.threescale.requests.length
    const { data, errors } = await setup.gateway.askText(query, { keys })
    expect(errors).toBeUndefined()
    const entities = data?._entities as ({ id: string } | null)[]
    expect(entities.slice(0, 20).map(entity => entity?.id)).toEqual(
      [...ids, ...ids].map(id => `threescale:invoice:${id}`),
    )
    expect(entities[20]).toBeNull()
    expect(entities[21]?.id).toBe(`catalyst:buyer:${setup.catalyst.credentials.projectId}`)
    // The newest page, the oldest page, which has the ten, and the unknown id by itself.
    expect(setup.threescale.requests.slice(before)).toEqual([
      'GET /api/invoices.xml',
      'GET /api/invoices.xml',
      'GET /api/invoices/987654321.xml',
    ])
  })

  it('reports a malformed reference at its own index', async () => {
    const keys = [
      { __typename: 'Invoice', id: 'nonsense' },
      { __typename: 'Buyer', id: 'threescale:buyer:101' },
    ]
    const { data, errors } = await setup.gateway.askText(query, { keys })
    expect(data?._entities).toMatchObject([null, { id: 'threescale:buyer:101' }])
    expect(errors?.map(error => [error.path, error.extensions?.code])).toEqual([[['_entities', 0], 'BAD_USER_INPUT']])
  })
})

describe('a malformed representation', () => {
  it.each([
    [{ __typename: 'Nope', id: 'x' }, 'representations.__typename'],
    [{ id: 'threescale:invoice:1' }, 'representations.__typename'],
    [{ __typename: 'Provider', source: 'THREESCALE', nativeId: '4' }, 'representations'],
    [{ __typename: 'Invoice', source: 'CATALYST', nativeId: 'p/2026-02-30' }, 'representations'],
    [{ __typename: 'Buyer', source: 'CATALYST', nativeId: 'p/2026-10-31' }, 'representations'],
    [{ __typename: 'Invoice', source: 'NEITHER', nativeId: '1' }, 'representations'],
  ])('is an error at its own index: %j', async (wrong, argument) => {
    const keys = [
      { __typename: 'Invoice', id: 'nonsense' },
      wrong,
      { __typename: 'Provider', id: 'catalyst:provider:catalyst-cloud' },
    ]
    const query =
      'query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename ... on Provider { name } } }'
    const { data, errors } = await setup.gateway.askText(query, { keys })
    expect(data).toEqual({ _entities: [null, null, { __typename: 'Provider', name: 'Catalyst Cloud' }] })
    expect(errors?.[1]).toMatchObject({ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT', argument } })
  })
})

describe('lineItems', () => {
  it('are paged, filtered, ordered and summed over all pages', async () => {
    const id = `catalyst:invoice:${setup.catalyst.credentials.projectId}:2026-10-31`
    const query = `query ($id: ID!, $after: String) { invoice(id: $id) {
      all: lineItems { totalCount total { net { amount } } nodes { id name cost { net { amount } } resource { region category } } }
      page: lineItems(first: 5, after: $after, orderBy: COST_DESC) { nodes { id cost { net { amount } } } pageInfo { endCursor hasNextPage } totalCount total { net { amount } } }
      compute: lineItems(filter: { category: "Compute", region: "nz-por-1" }) { nodes { resource { region category } } }
      discounts: lineItems(filter: { types: [DISCOUNT] }) { nodes { cost { net { amount } } } }
      named: lineItems(filter: { namePrefix: "customer-wcc" }, orderBy: NAME_ASC, last: 2) { nodes { name } pageInfo { hasPreviousPage hasNextPage } }
      breakdown(by: CATEGORY) { key count share total { net { amount } } }
      total { net { amount } }
    } }`
    type Line = {
      id: string
      name: string
      cost: { net: { amount: string } }
      resource: { region: string; category: string }
    }
    type List = {
      nodes: Line[]
      totalCount: number
      total: { net: { amount: string } }
      pageInfo: { endCursor: string; hasNextPage: boolean }
    }
    const ask = async (after: string | null) =>
      (await setup.gateway.askText(query, { id, after })).data?.invoice as Record<
        'all' | 'page' | 'compute' | 'discounts' | 'named',
        List
      > & {
        breakdown: { key: string; count: number; share: string; total: { net: { amount: string } } }[]
        total: { net: { amount: string } }
      }
    const first = await ask(null)
    const second = await ask(first.page.pageInfo.endCursor)
    expect(first.all.total.net.amount).toBe(first.total.net.amount)
    expect(first.page.total).toEqual(first.all.total)
    const dearest = first.all.nodes
      .toSorted((a, b) => Number(b.cost.net.amount) - Number(a.cost.net.amount))
      .map(line => line.id)
    expect([...first.page.nodes, ...second.page.nodes].map(line => line.id)).toEqual(dearest.slice(0, 10))
    expect(first.compute.nodes.length).toBeGreaterThan(0)
    expect(
      first.compute.nodes.every(line => line.resource.category === 'Compute' && line.resource.region === 'nz-por-1'),
    ).toBe(true)
    expect(first.discounts.nodes.every(line => line.cost.net.amount.startsWith('-'))).toBe(true)
    expect(first.named.nodes).toHaveLength(2)
    expect(first.named.pageInfo).toEqual({ hasPreviousPage: true, hasNextPage: false })
    expect(first.breakdown.reduce((sum, share) => sum + share.count, 0)).toBe(first.all.totalCount)
    expect(first.breakdown.reduce((sum, share) => sum + Number(share.share), 0)).toBeCloseTo(1, 4)
  })
})
