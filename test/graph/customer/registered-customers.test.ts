import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANONYMOUS } from '../../../src/access/anonymous.js'
import type { Grants, Principal } from '../../../src/access/principal.js'
import { parseRegistry } from '../../../src/config/customers-file.js'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import { DEMO_REGISTRY } from '../../../src/standin/demo-registry.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'

const registry = new CurrentRegistry(parseRegistry(DEMO_REGISTRY, problem => expect.fail(problem)))

let setup: TestSetup
beforeEach(async () => {
  setup = await startTestSetup({ server: { registry } })
})
afterEach(() => setup[Symbol.asyncDispose]())

const ask = (query: string, variables = {}) => setup.gateway.askText(query, variables)

describe('customers', () => {
  it('lists the registry in its order, page by page', async () => {
    const first = await ask('{ customers(first: 3) { totalCount nodes { key } pageInfo { hasNextPage endCursor } } }')
    expect(first.data).toMatchObject({
      customers: {
        totalCount: 4,
        nodes: [{ key: 'wcc' }, { key: 'acme' }, { key: 'acme2' }],
        pageInfo: { hasNextPage: true },
      },
    })
    const customers = first.data?.customers as { pageInfo: { endCursor: string } } | undefined
    const after = customers?.pageInfo.endCursor
    const rest = await ask('query ($after: String) { customers(after: $after) { edges { node { key } } } }', { after })
    expect(rest.data).toEqual({ customers: { edges: [{ node: { key: 'piwakawaka' } }] } })
    expect(setup.catalyst.requests).toEqual([])
  })

  it('have their cost of a month in one upstream call', async () => {
    const { data, errors } = await ask(
      '{ customers(first: 50) { nodes { key cost(month: "2017-07") { total { net { amount } } notices { code } } } } }',
    )
    expect(errors).toBeUndefined()
    expect(data?.customers).toMatchObject({
      nodes: [
        { key: 'wcc', cost: { total: { net: { amount: '81.69' } } } },
        { key: 'acme' },
        { key: 'acme2', cost: { total: { net: { amount: '0.00' } }, notices: [{}, { code: 'NO_MATCH' }] } },
        { key: 'piwakawaka' },
      ],
    })
    expect(setup.catalyst.requests).toEqual(['GET /v2/invoices'])
    expect(setup.threescale.requests).toEqual([])
  })

  it('are none without a registry', async () => {
    await using plain = await startTestSetup()
    const { data } = await plain.gateway.askText('{ customers { totalCount nodes { id } } }')
    expect(data).toEqual({ customers: { totalCount: 0, nodes: [] } })
  })
})

describe('a registered customer', () => {
  it('has its key, name, claims and buyers', async () => {
    const { data, errors } = await ask(`{ customer(by: { key: "wcc" }) {
      id key name prefix claims { prefix match projectId from until except } buyers { id name }
    } }`)
    expect(errors).toBeUndefined()
    expect(data?.customer).toEqual({
      id: 'catalyst:customer:customer-wcc',
      key: 'wcc',
      name: 'WCC Hosting',
      prefix: 'customer-wcc',
      claims: [{ prefix: 'customer-wcc', match: 'SEGMENT', projectId: null, from: null, until: null, except: [] }],
      buyers: [{ id: 'threescale:buyer:101', name: 'WCC Hosting' }],
    })
  })

  it.each([
    'by: { key: "wcc" }',
    'by: { prefix: "customer-wcc" }',
    'by: { id: "catalyst:customer:customer-wcc" }',
    'by: { id: "registry:customer:wcc" }',
    'by: { buyerId: "threescale:buyer:101" }',
    'prefix: "customer-wcc"',
  ])('is found by %s', async identity => {
    const { data, errors } = await ask(`{ customer(${identity}) { id key } }`)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ customer: { id: 'catalyst:customer:customer-wcc', key: 'wcc' } })
  })

  it.each([
    ['node(id: "catalyst:customer:customer-wcc")'],
    ['node(id: "registry:customer:wcc")'],
    ['_entities(representations: [{ __typename: "Customer", key: "wcc" }])'],
    ['_entities(representations: [{ __typename: "Customer", prefix: "customer-wcc" }])'],
  ])('is found as %s', async field => {
    const { data, errors } = await ask(`{ found: ${field} { ... on Customer { key } } }`)
    expect(errors).toBeUndefined()
    expect([data?.found].flat()).toEqual([{ key: 'wcc' }])
  })

  it.each([
    ['{ customer(by: { key: "none" }) { id } }'],
    ['{ customer(by: { buyerId: "threescale:buyer:105" }) { id } }'],
    ['{ customer: node(id: "registry:customer:none") { id } }'],
  ])('that does not exist is null: %s', async query => {
    expect(await ask(query)).toMatchObject({ data: { customer: null } })
  })

  it('of a prefix that no customer claims has no key, name, claims, buyers and invoices', async () => {
    const { data, errors } = await ask(
      '{ customer(prefix: "customer-acme-web") { id key name claims { prefix } buyers { id } invoices { totalCount } } }',
    )
    expect(errors).toBeUndefined()
    expect(data?.customer).toEqual({
      id: 'catalyst:customer:customer-acme-web',
      key: null,
      name: null,
      claims: [],
      buyers: [],
      invoices: null,
    })
  })

  it.each([
    ['{ customer { id } }', 'by'],
    ['{ customer(by: { key: "wcc" }, prefix: "customer-wcc") { id } }', 'by'],
    ['{ customer(by: { key: "no spaces" }) { id } }', 'by.key'],
    ['{ customer(by: { prefix: "" }) { id } }', 'by.prefix'],
    ['{ customer(by: { id: "threescale:buyer:101" }) { id } }', 'by.id'],
    ['{ customer(by: { buyerId: "catalyst:buyer:p1" }) { id } }', 'by.buyerId'],
    ['{ customer(by: { buyerId: "101" }) { id } }', 'by.buyerId'],
    ['{ customers(first: 101) { totalCount } }', 'first'],
  ])('is refused as %s', async (query, argument) => {
    const { errors } = await ask(query)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }])
    expect(setup.catalyst.requests).toEqual([])
  })

  it('takes exactly one identification', async () => {
    const { errors } = await ask('{ customer(by: { key: "wcc", prefix: "customer-wcc" }) { id } }')
    expect(errors?.[0]?.message).toContain('OneOf')
    const { data } = await ask('{ __type(name: "CustomerBy") { isOneOf } }')
    expect(data).toEqual({ __type: { isOneOf: true } })
  })

  it('has the cost of its claims, and with match that of its prefix', async () => {
    const { data } = await ask(`{
      customer(by: { key: "acme" }) {
        claims: cost(month: "2026-10") { match total { net { amount } } }
        prefix: cost(month: "2026-10", match: STARTS_WITH) { match total { net { amount } } }
        segment: cost(month: "2026-10", match: SEGMENT) { match total { net { amount } } }
      }
      acme2: customer(by: { key: "acme2" }) { claims: cost(month: "2026-10") { total { net { amount } } } }
    }`)
    const costs = data as Record<string, Record<string, { match: string; total: { net: { amount: string } } }>>
    const cents = (customer: string, field: string) =>
      Math.round(Number(costs[customer]?.[field]?.total.net.amount) * 100)

    expect(costs.customer?.claims).toEqual(costs.customer?.segment)
    expect(cents('customer', 'prefix')).toBe(cents('customer', 'claims') + cents('acme2', 'claims'))
    expect(cents('acme2', 'claims')).toBeGreaterThan(0)
  })

  it('has the invoices of its buyers: was it billed?', async () => {
    const { data, errors } = await ask(`{
      customer(by: { key: "wcc" }) { invoices(first: 100, orderBy: PERIOD_ASC) { totalCount nodes { id buyer { id } } } }
      buyer(id: "threescale:buyer:101") { invoices(first: 100, orderBy: PERIOD_ASC) { totalCount nodes { id buyer { id } } } }
    }`)
    expect(errors).toBeUndefined()
    expect(data?.customer).toEqual(data?.buyer)
    const customer = data?.customer as { invoices: { totalCount: number } } | undefined
    expect(customer?.invoices.totalCount).toBeGreaterThan(10)
  })

  it('answers what it cost in July 2017, and what was billed for it', async () => {
    const { data, errors } = await ask(`{ customer(by: { prefix: "customer-wcc" }) {
      cost(month: "2017-07") { total { net { amount } } lineItems { totalCount } }
      invoices(filter: { from: "2017-07", to: "2017-07" }) {
        nodes { number state total { net { amount } tax { amount } gross { amount } } lineItems { totalCount } }
      }
    } }`)
    expect(errors).toBeUndefined()
    expect(data?.customer).toEqual({
      cost: { total: { net: { amount: '81.69' } }, lineItems: { totalCount: 7 } },
      invoices: {
        nodes: [
          {
            number: '2017-07-00000001',
            state: 'PAID',
            total: { net: { amount: '70.26' }, tax: { amount: '10.539' }, gross: { amount: '80.8' } },
            lineItems: { totalCount: 6 },
          },
        ],
      },
    })
  })

  it('has its buyers by id alone, and an error beside them, while 3scale is unavailable', async () => {
    await setup.threescale.close()
    const { data, errors } = await ask('{ customer(by: { key: "wcc" }) { key buyers { id name } } }')
    expect(data?.customer).toEqual({ key: 'wcc', buyers: [{ id: 'threescale:buyer:101', name: null }] })
    expect(errors).toMatchObject([{ path: ['customer', 'buyers'] }])
  })
})

describe('a caller', () => {
  const EVERYTHING = `{
    customers { totalCount nodes {
      id key prefix claims { prefix } buyers { id } cost(month: "2017-07") { total { net { amount } } } invoices { totalCount }
    } }
    byBuyer: customer(by: { buyerId: "threescale:buyer:101" }) { key }
    byPrefix: customer(prefix: "customer-wcc") { key }
  }`

  /** What a caller with these grants and both scopes sees. */
  async function see(grants: Partial<Grants>) {
    const principal: Principal = {
      id: 'key:test',
      scopes: new Set(['billing:read', 'costs:read']),
      grants: { ...ANONYMOUS.grants, ...grants },
    }
    await using own = await startTestSetup({ server: { registry, authenticate: async () => principal } })
    const { data, errors } = await own.gateway.askText(EVERYTHING)
    expect(errors).toBeUndefined()
    return data
  }

  it('with the grant of a prefix sees the cost side of its customer, and nothing of the other side', async () => {
    expect(await see({ prefixes: new Set(['customer-wcc']) })).toEqual({
      customers: {
        totalCount: 1,
        nodes: [
          {
            id: 'catalyst:customer:customer-wcc',
            key: 'wcc',
            prefix: 'customer-wcc',
            claims: [{ prefix: 'customer-wcc' }],
            buyers: [],
            cost: { total: { net: { amount: '81.69' } } },
            invoices: null,
          },
        ],
      },
      byBuyer: null,
      byPrefix: { key: 'wcc' },
    })
  })

  it('with the grant of a buyer sees the revenue side of its customer, and not even the prefix of the other side', async () => {
    const data = await see({ buyers: new Set(['101']) })
    expect(data).toMatchObject({
      customers: {
        totalCount: 1,
        nodes: [
          {
            id: 'registry:customer:wcc',
            key: 'wcc',
            prefix: '',
            claims: [],
            buyers: [{ id: 'threescale:buyer:101' }],
            cost: null,
            invoices: { totalCount: expect.any(Number) },
          },
        ],
      },
      byBuyer: { key: 'wcc' },
      byPrefix: { key: null },
    })
    expect(JSON.stringify(data)).not.toContain('customer-wcc')
  })

  it('without a grant sees no customer', async () => {
    expect(await see({})).toEqual({
      customers: { totalCount: 0, nodes: [] },
      byBuyer: null,
      byPrefix: { key: null },
    })
  })
})

describe('a prefix that matches nothing', () => {
  it('has a notice with the nearest prefixes beside the zero', async () => {
    const { data } = await ask(
      '{ customerCost(prefix: "customer-wbc", month: "2017-07") { total { net { amount } } notices { code message } } }',
    )
    expect(data?.customerCost).toMatchObject({
      total: { net: { amount: '0.00' } },
      notices: [
        { code: 'LEGACY_TAX' },
        {
          code: 'NO_MATCH',
          message:
            'No resource name of the month matches "customer-wbc". The nearest prefixes are: "customer-wcc", "customer-acme".',
        },
      ],
    })
  })
})
