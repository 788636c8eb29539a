import { createOperationDescriptor, type Environment, fetchQuery, type Variables } from 'relay-runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEnvironment } from '../../examples/relay/src/environment.js'
import { startTestSetup, type TestSetup } from '../gateway.js'
import { listNodeTypes, refetchedTypeOf } from './client-graph.js'
import { loadRequest, loadTexts } from './relay-artifacts.js'

let setup: TestSetup
/** Text of the example's refetch query, by type. */
let refetches: ReadonlyMap<string | null, string>
/** Ids shown by the example's pages, by type. */
let shown: ReadonlyMap<string, readonly string[]>

beforeAll(async () => {
  setup = await startTestSetup()
  const texts = [...(await loadTexts('NodeQuery')).values()]
  refetches = new Map(texts.map(text => [refetchedTypeOf(text), text]))
  const environment = createEnvironment(`${setup.gateway.url}/graphql`)
  await show(environment, 'billingPageQuery', { prefix: 'customer-wcc', month: '2017-07' })
  await show(environment, 'invoicePageQuery', { id: `threescale:invoice:${paidInvoice()}` })
  shown = idsIn(environment)
})
afterAll(() => setup[Symbol.asyncDispose]())

it('the example has a fragment on every Node type and on no other', () => {
  expect([...refetches.keys()].toSorted()).toEqual(listNodeTypes())
})

it.each(listNodeTypes())('refetches each %s by its id', async type => {
  const ids = shown.get(type) ?? []
  expect(ids.length, `the example shows no ${type}`).toBeGreaterThan(0)
  for (const id of ids.slice(0, 5)) {
    const { data, errors } = await setup.gateway.askText(refetches.get(type) ?? '', { id })
    expect(errors).toBeUndefined()
    expect(data?.node).toMatchObject({ __typename: type, id })
  }
})

async function show(environment: Environment, query: string, variables: Variables): Promise<void> {
  const request = await loadRequest(query)
  environment.retain(createOperationDescriptor(request, variables))
  await fetchQuery(environment, request, variables).toPromise()
}

/** Nodes in Relay's store. Buyers deleted in 3scale appear on bills only and cannot be refetched. */
function idsIn(environment: Environment): ReadonlyMap<string, readonly string[]> {
  const records = Object.values(environment.getStore().getSource().toJSON()).flatMap(record => (record ? [record] : []))
  const nodes = records.filter(record => typeof record.id === 'string' && record.deleted !== true)
  const byType = Map.groupBy(nodes, record => String(record.__typename))
  return new Map([...byType].map(([type, all]) => [type, all.map(record => String(record.id))]))
}

/** Id of a paid invoice with payments, of a buyer that exists and has contracts. */
function paidInvoice(): number {
  const { invoices, buyers } = setup.threescale.data
  const existing = new Set(buyers.filter(buyer => !buyer.isDeleted).map(buyer => buyer.id))
  const found = invoices.find(
    ({ state, buyerId, paymentTransactionsCount }) =>
      state === 'paid' && paymentTransactionsCount > 0 && existing.has(buyerId),
  )
  return found?.id ?? 0
}
