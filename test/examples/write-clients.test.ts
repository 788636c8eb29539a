import {
  commitMutation,
  ConnectionHandler,
  createOperationDescriptor,
  type Environment,
  fetchQuery,
  getSelector,
} from 'relay-runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addLineItem, INVOICE_LINES } from '../../examples/clients/src/add-line-item.js'
import { createApolloClient } from '../../examples/clients/src/apollo.js'
import { createEnvironment } from '../../examples/relay/src/environment.js'
import { startThreescale, type ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type BuiltProgram, buildProgram, type GatewayProcess, startBuilt } from '../built-program.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'
import { loadFragment, loadRequest } from './relay-artifacts.js'

const INVOICE = 'threescale:invoice:1217'

let program: BuiltProgram
let threescale: ThreescaleStandIn
let gateway: GatewayProcess
let url: string

beforeAll(async () => {
  threescale = await startThreescale({ clock: () => new Date(), data: nimbusMaps })
  program = await buildProgram()
  gateway = await startBuilt(program, {
    THREESCALE_URL: threescale.url,
    THREESCALE_ACCESS_TOKEN: threescale.accessToken,
    WRITES_JOURNAL: ':memory:',
  })
  url = `${gateway.address}/graphql`
})
afterAll(async () => {
  await gateway?.end()
  await threescale?.close()
})

describe('Apollo Client with an optimistic update, and the built gateway', () => {
  /** A client that shows the invoice, and every list of names that it has shown. */
  async function open() {
    const client = createApolloClient(url)
    const shown: (readonly string[])[] = []
    const query = client.watchQuery({ query: INVOICE_LINES, variables: { id: INVOICE } })
    const subscription = query.subscribe(({ data }) => {
      const edges = (data as { invoice?: { lineItems: { edges: readonly { node: { name: string } }[] } } })?.invoice
        ?.lineItems.edges
      if (edges) shown.push(edges.map(({ node }) => node.name))
    })
    await expect.poll(() => shown.length, { timeout: 20_000 }).toBe(1)
    return { client, shown, [Symbol.dispose]: () => subscription.unsubscribe() }
  }

  it('shows a line item before the gateway has responded, and once afterwards', async () => {
    using shop = await open()
    const [before = []] = shop.shown
    const added = addLineItem(shop.client, { invoiceId: INVOICE, name: 'Support', cost: '12.50' })
    await expect.poll(() => shop.shown.at(-1), { timeout: 20_000 }).toEqual([...before, 'Support'])
    expect(await added).toEqual([])
    expect(shop.shown.at(-1)).toEqual([...before, 'Support'])
    const ids = JSON.stringify(shop.client.cache.extract()).match(/LineItem:[^"]*/g)
    expect(ids?.some(id => id.includes('new:'))).toBe(false)
  })

  it('is as before when the write is refused', async () => {
    using shop = await open()
    const [before = []] = shop.shown
    const problems = await addLineItem(shop.client, { invoiceId: INVOICE, name: ' ', cost: '1' })
    expect(problems).toMatchObject([{ code: 'BAD_USER_INPUT', field: ['name'] }])
    expect(shop.shown).toContainEqual([...before, ' '])
    expect(shop.shown.at(-1)).toEqual(before)
  })

  it('adds one line item for two clicks with one key', async () => {
    using shop = await open()
    const before = threescale.requests.length
    const line = { invoiceId: INVOICE, name: 'Twice', cost: '3' }
    const key = 'key-of-two-clicks-1'
    expect(await Promise.all([addLineItem(shop.client, line, key), addLineItem(shop.client, line, key)])).toEqual([
      [],
      [],
    ])
    expect(threescale.requests.slice(before).filter(request => request.startsWith('POST '))).toHaveLength(1)
  })
})

describe('Relay with @appendEdge, compiled, and the built gateway', () => {
  it('appends the new line item to the list that shows it, and nothing when it is refused', async () => {
    const environment = createEnvironment(url)
    const names = await openList(environment)
    const before = names()
    expect(await add(environment, { name: 'Training', cost: '40.00', idempotencyKey: 'key-of-relay-000001' })).toEqual(
      [],
    )
    expect(names()).toEqual([...before, 'Training'])
    expect(await add(environment, { name: '', cost: '40.00', idempotencyKey: 'key-of-relay-000002' })).toMatchObject([
      { code: 'BAD_USER_INPUT', field: ['name'] },
    ])
    expect(names()).toEqual([...before, 'Training'])
  })

  /** Reads the list of the example into the store. @returns the names that the store has */
  async function openList(environment: Environment): Promise<() => readonly string[]> {
    const query = await loadRequest('invoiceLinesPageQuery')
    const fragment = await loadFragment('invoiceLines_invoice')
    const variables = { id: INVOICE, first: 100 }
    const data = (await fetchQuery(environment, query, variables).toPromise()) as { node: never }
    const selector = getSelector(fragment, data.node)
    if (selector?.kind !== 'SingularReaderSelector') throw new Error('no invoice')
    environment.retain(createOperationDescriptor(query, variables))
    return () => {
      const { data } = environment.lookup(selector) as unknown as {
        data: { lineItems: { edges: readonly { node: { id: string } }[] } }
      }
      return data.lineItems.edges.map(({ node }) => String(environment.getStore().getSource().get(node.id)?.name))
    }
  }

  async function add(environment: Environment, line: { name: string; cost: string; idempotencyKey: string }) {
    const mutation = await loadRequest('addLineItemMutation')
    const connections = [ConnectionHandler.getConnectionID(INVOICE, 'invoiceLines_lineItems')]
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    commitMutation(environment, {
      mutation,
      variables: { connections, input: { invoiceId: INVOICE, ...line } },
      onCompleted: response => resolve((response as { addLineItem: { userErrors: unknown } }).addLineItem.userErrors),
      onError: reject,
    })
    return promise
  }
})
