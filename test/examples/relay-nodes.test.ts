import { createOperationDescriptor, type Environment, fetchQuery, type Variables } from 'relay-runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEnvironment } from '../../examples/relay/src/environment.js'
import { startHouse, type TestHouse } from '../gateway.js'
import { listNodeTypes, refetchedTypeOf } from './client-graph.js'
import { loadRequest, loadTexts } from './relay-artifacts.js'

let house: TestHouse
/** Text of the example's query that asks for a node again, by type. */
let again: ReadonlyMap<string | null, string>
/** Ids that the example's pages have shown, by type. */
let shown: ReadonlyMap<string, readonly string[]>

beforeAll(async () => {
  house = await startHouse()
  const texts = [...(await loadTexts('NodeQuery')).values()]
  again = new Map(texts.map(text => [refetchedTypeOf(text), text]))
  const environment = createEnvironment(`${house.gateway.url}/graphql`)
  await show(environment, 'billingPageQuery', { prefix: 'customer-wcc', month: '2017-07' })
  await show(environment, 'invoicePageQuery', { id: `threescale:invoice:${paidInvoice()}` })
  shown = idsIn(environment)
})
afterAll(() => house[Symbol.asyncDispose]())

it('has a fragment on every Node type, and on no other', () => {
  expect([...again.keys()].toSorted()).toEqual(listNodeTypes())
})

it.each(listNodeTypes())('gives back each %s by its id', async type => {
  const ids = shown.get(type) ?? []
  expect(ids.length, `the example shows no ${type}`).toBeGreaterThan(0)
  for (const id of ids.slice(0, 5)) {
    const { data, errors } = await house.gateway.askText(again.get(type) ?? '', { id })
    expect(errors).toBeUndefined()
    expect(data?.node).toMatchObject({ __typename: type, id })
  }
})

async function show(environment: Environment, query: string, variables: Variables): Promise<void> {
  const request = await loadRequest(query)
  environment.retain(createOperationDescriptor(request, variables))
  await fetchQuery(environment, request, variables).toPromise()
}

/** What Relay's store knows by now. Buyers that 3scale has deleted are told of on bills only, and no id finds them. */
function idsIn(environment: Environment): ReadonlyMap<string, readonly string[]> {
  const records = Object.values(environment.getStore().getSource().toJSON()).flatMap(record => (record ? [record] : []))
  const nodes = records.filter(record => typeof record.id === 'string' && record.deleted !== true)
  const byType = Map.groupBy(nodes, record => String(record.__typename))
  return new Map([...byType].map(([type, all]) => [type, all.map(record => String(record.id))]))
}

/** A paid invoice has payments; that of a living buyer has contracts besides. */
function paidInvoice(): number {
  const { invoices, buyers } = house.threescale.data
  const living = new Set(buyers.filter(buyer => !buyer.isDeleted).map(buyer => buyer.id))
  return invoices.find(invoice => invoice.state === 'paid' && living.has(invoice.buyerId))?.id ?? 0
}
