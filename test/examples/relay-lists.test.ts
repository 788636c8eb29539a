import type { Variables } from 'relay-runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEnvironment } from '../../examples/relay/src/environment.js'
import { parseRegistry } from '../../src/config/customers-file.js'
import { CurrentRegistry } from '../../src/loaders/customers/current-registry.js'
import { DEMO_REGISTRY } from '../../src/standin/demo-registry.js'
import { startTestSetup, type TestSetup } from '../gateway.js'
import { listConnections, pagedFieldsOf } from './client-graph.js'
import { loadTexts } from './relay-artifacts.js'
import { type Connection, loadList, readBackward, readForward } from './relay-list.js'

const registry = new CurrentRegistry(parseRegistry(DEMO_REGISTRY, problem => expect.fail(problem)))

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup({ server: { registry } })
})
afterAll(() => setup[Symbol.asyncDispose]())

interface ListOf {
  /** Name of the example's fragment. */
  readonly fragment: string
  /** Variables of its query besides paging. */
  variables(): Variables
  /** Expected number of items, from the stand-ins' own data. */
  count?(): number
}

const LISTS: Readonly<Record<string, ListOf>> = {
  'Query.invoices': { fragment: 'invoiceList_query', variables: () => ({}) },
  'Query.buyers': {
    fragment: 'buyerList_query',
    variables: () => ({}),
    count: () => 1 + setup.threescale.data.buyers.filter(buyer => !buyer.isDeleted).length,
  },
  'Buyer.invoices': {
    fragment: 'buyerInvoices_buyer',
    variables: () => ({ id: `threescale:buyer:${busiestBuyer()}` }),
    count: () => countInvoices(busiestBuyer()),
  },
  'Query.customers': { fragment: 'customerList_query', variables: () => ({}), count: () => 4 },
  'Customer.invoices': {
    fragment: 'customerInvoices_customer',
    variables: () => ({ id: 'catalyst:customer:customer-wcc' }),
    count: () => countInvoices(101),
  },
  'Invoice.lineItems': {
    fragment: 'invoiceLines_invoice',
    variables: () => ({ id: `catalyst:invoice:${setup.catalyst.credentials.projectId}:2026-10-31` }),
  },
  'Quotation.lineItems': { fragment: 'quotationLines_query', variables: () => ({}) },
  'CustomerCost.lineItems': {
    fragment: 'customerCostLines_query',
    variables: () => ({ prefix: 'customer-wcc', month: '2017-07' }),
    count: () => 7,
  },
}

it('the example lists cover every connection of the schema', async () => {
  const texts = await loadTexts('PageQuery')
  const paged = new Set([...texts.values()].flatMap(pagedFieldsOf))
  expect([...paged].toSorted()).toEqual(listConnections())
  expect(Object.keys(LISTS).toSorted()).toEqual(listConnections())
})

it.each(Object.entries(LISTS))('reads all of %s forward and backward', async (_, { fragment, variables, count }) => {
  const list = await loadList(fragment, fragment.replace(/_\w+$/, 'PageQuery'), variables())
  const read = (from: typeof readForward, size: number) =>
    from(createEnvironment(`${setup.gateway.url}/graphql`), list, size)
  const whole = await read(readForward, 100)
  const ids = idsOf(whole)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(count?.() ?? whole.totalCount ?? -1)

  const size = Math.ceil(ids.length / 4)
  expect(ids.length).toBeGreaterThan(size * 2)
  expect(idsOf(await read(readForward, size))).toEqual(ids)
  expect(idsOf(await read(readBackward, size))).toEqual(ids)
})

function idsOf({ edges }: Connection): readonly string[] {
  return edges.map(edge => edge.node.id)
}

function countInvoices(buyerId: number): number {
  return setup.threescale.data.invoices.filter(invoice => invoice.buyerId === buyerId).length
}

function busiestBuyer(): number {
  const buyers = setup.threescale.data.buyers.filter(buyer => !buyer.isDeleted).map(buyer => buyer.id)
  return buyers.toSorted((a, b) => countInvoices(b) - countInvoices(a))[0] ?? 0
}
