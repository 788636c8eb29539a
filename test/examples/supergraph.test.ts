import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addresses } from '../../examples/supergraph/addresses.ts'
import { startApolloGateway } from '../../examples/supergraph/apollo-gateway.ts'
import { join } from '../../examples/supergraph/ask.ts'
import { compose } from '../../examples/supergraph/compose.ts'
import { type Customer, demoCustomers } from '../../examples/supergraph/crm/customers.ts'
import { crmSdl, startCrm } from '../../examples/supergraph/crm/subgraph.ts'
import { startHouse, type TestHouse } from '../gateway.js'
import { checkComposition, composers } from '../schema-check/composition.js'
import { readOwnSubgraph } from '../schema-check/subgraphs.js'

const root = new URL('../../', import.meta.url).pathname

let house: TestHouse
beforeEach(async () => {
  house = await startHouse()
})
afterEach(() => house[Symbol.asyncDispose]())

/** The CRM and Apollo's gateway before the house; Hive Gateway is tried by `.ci/hive`. */
async function startSupergraph(customers: readonly Customer[] = demoCustomers) {
  await using parts = new AsyncDisposableStack()
  const crm = parts.use(await startCrm({ customers }))
  const router = parts.use(
    await startApolloGateway(compose({ billgraph: `${house.gateway.url}/graphql`, crm: crm.url })),
  )
  const owned = parts.move()
  return {
    async ask(query: string, variables: object = {}, headers: Readonly<Record<string, string>> = {}) {
      const response = await fetch(router.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      })
      return (await response.json()) as { data: Record<string, unknown>; errors?: readonly object[] }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** What was asked for bills: which kind of server it is takes the price list, once. */
const billRequests = () => house.catalyst.requests.filter(request => request !== 'GET /v2/products')

const nzd = (amount: string) => ({ total: { net: { amount, currencyCode: 'NZD' } } })

const paid = (number: string, amount: string) => ({
  number,
  state: 'PAID',
  period: { month: number.slice(0, 7) },
  ...nzd(amount),
})

describe('the join', () => {
  it('gives customers of the CRM with what they cost and what they were billed, to the last digit', async () => {
    await using supergraph = await startSupergraph()
    const { data, errors } = await supergraph.ask(join, { month: '2017-07' })
    expect(errors).toBeUndefined()
    const row = (
      prefix: string,
      name: string,
      manager: string,
      cost: string,
      lines: number,
      billing: object | null,
    ) => ({
      prefix,
      name,
      accountManager: { name: manager },
      cost: { ...nzd(cost), lineItems: { totalCount: lines } },
      billing,
    })
    const billed = (name: string, ...nodes: readonly object[]) => ({ name, invoices: { nodes } })
    expect(data.customers).toEqual([
      row(
        'customer-acme',
        'Acme Analytics',
        'Tomás Reyes',
        '196.69',
        6,
        billed('Acme Analytics Ltd', paid('2026-10-00000002', '386.0795'), paid('2026-09-00000025', '1098.25')),
      ),
      row(
        'customer-acme2',
        'Acme 2 Labs',
        'Tomás Reyes',
        '0.00',
        0,
        billed('Acme 2 Labs', paid('2026-10-00000014', '1333.0953'), paid('2026-09-00000014', '1327.6783')),
      ),
      row(
        'customer-pīwakawaka',
        'Pīwakawaka',
        'Aroha Ngata',
        '0.00',
        0,
        billed('Pīwakawaka Ltd', paid('2026-10-00000003', '372.8249'), paid('2026-09-00000024', '1485.0')),
      ),
      row(
        'customer-wcc',
        'WCC Hosting',
        'Aroha Ngata',
        '81.69',
        7,
        billed('WCC Hosting', paid('2026-10-00000001', '1329.5282'), paid('2026-09-00000001', '1326.5595')),
      ),
      row('intranet', 'Our own intranet', 'Aroha Ngata', '57.56', 2, null),
    ])
  })

  it('asks Catalyst once, and 3scale once for each account and once for its bills', async () => {
    await using supergraph = await startSupergraph()
    await supergraph.ask(join, { month: '2017-07' })
    expect(billRequests()).toEqual(['GET /v2/invoices'])
    expect(house.threescale.requests.toSorted()).toEqual([
      'GET /admin/api/accounts/101.xml',
      'GET /admin/api/accounts/102.xml',
      'GET /admin/api/accounts/103.xml',
      'GET /admin/api/accounts/114.xml',
      ...Array(4).fill('GET /api/invoices.xml'),
    ])
  })

  it('asks Catalyst once for a hundred customers of a month', async () => {
    const [like] = demoCustomers
    if (!like) throw new Error('the demo has no customer')
    const customers = Array.from({ length: 100 }, (_, index) => ({ ...like, prefix: `customer-${1000 + index}` }))
    await using supergraph = await startSupergraph([...customers.slice(1), { ...like, prefix: 'customer-wcc' }])
    const query = '{ customers(first: 100) { prefix cost(month: "2017-07") { total { net { amount } } } } }'
    const { data, errors } = await supergraph.ask(query)
    expect(errors).toBeUndefined()
    const rows = data.customers as readonly { cost: { total: { net: { amount: string } } } }[]
    expect(rows).toHaveLength(100)
    expect(rows.at(-1)?.cost.total.net.amount).toBe('81.69')
    expect(billRequests()).toEqual(['GET /v2/invoices'])
  })

  it('goes the other way as well, and leaves the cost of a customer whom the CRM does not know', async () => {
    await using supergraph = await startSupergraph()
    const fields = '{ name accountManager { email } cost(month: "2017-07") { total { net { amount } } } }'
    const { data, errors } = await supergraph.ask(`{
      known: customer(prefix: "customer-wcc") ${fields}
      unknown: customer(prefix: "customer-wcc-fdc") ${fields}
      knownCustomer(prefix: "customer-wcc") { id prefix }
      nobody: knownCustomer(prefix: "customer-wcc-fdc") { prefix }
    }`)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      known: { name: 'WCC Hosting', accountManager: { email: 'aroha@crm.example' }, ...cost('81.69') },
      unknown: { name: null, accountManager: null, ...cost('23.28') },
      knownCustomer: { id: 'catalyst:customer:customer-wcc', prefix: 'customer-wcc' },
      nobody: null,
    })
  })

  it('leaves the CRM and the cost whole when 3scale is gone, and tells why', async () => {
    await house.threescale.close()
    await using supergraph = await startSupergraph()
    const { data, errors } = await supergraph.ask(join, { month: '2017-07' })
    const wcc = (data.customers as readonly Customer[]).find(({ prefix }) => prefix === 'customer-wcc')
    expect(wcc).toMatchObject({ name: 'WCC Hosting', cost: nzd('81.69') })
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'UPSTREAM_UNAVAILABLE', upstream: 'THREESCALE', serviceName: 'billgraph' },
    })
  })

  it("passes the caller's request id on, to the errors and the log of Billgraph", async () => {
    await using supergraph = await startSupergraph()
    const query = '{ customers(first: 1) { cost(month: "2017-13") { total { net { amount } } } } }'
    const { errors } = await supergraph.ask(query, {}, { 'x-request-id': 'join-1' })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', requestId: 'join-1' } }])
    expect(house.gateway.log.filter(line => line.includes('"requestId":"join-1"'))).not.toEqual([])
  })
})

describe('the CRM', () => {
  it('pages by prefix, and refuses a page that is no page', async () => {
    await using supergraph = await startSupergraph()
    const read = '{ customers(first: 2, after: "customer-acme") { prefix } }'
    const { data } = await supergraph.ask(read)
    expect(data.customers).toEqual([{ prefix: 'customer-acme2' }, { prefix: 'customer-pīwakawaka' }])
    const { errors } = await supergraph.ask('{ customers(first: 101) { prefix } }')
    expect(errors).toMatchObject([{ message: expect.stringContaining('101'), extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('refers to accounts that the demo has', () => {
    const accounts = house.threescale.data.buyers.map(({ id }) => String(id))
    expect(
      demoCustomers.flatMap(({ billing }) => billing?.nativeId ?? []).filter(id => !accounts.includes(id)),
    ).toEqual([])
  })
})

describe('the composition', () => {
  it.each(composers)('is taken by %s without a hint', composer => {
    const subgraphs = [readOwnSubgraph(root), { name: 'crm', sdl: crmSdl }]
    expect(checkComposition(composer, subgraphs)).toEqual({ faults: [], remarks: [] })
  })
})

describe('what routers are started by hand with', () => {
  const folder = new URL('examples/supergraph/', new URL('../../', import.meta.url)).pathname
  const readYaml = (file: string) => parse(readFileSync(resolve(folder, file), 'utf8'))

  it.each(['apollo-router/supergraph.yaml', 'cosmo/graph.yaml'])('%s names both subgraphs where they are', file => {
    const { subgraphs } = readYaml(file)
    const rows: readonly [string, { routing_url: string; schema: { file: string } }][] = Array.isArray(subgraphs)
      ? subgraphs.map(row => [row.name, row])
      : Object.entries(subgraphs)
    expect(Object.fromEntries(rows.map(([name, { routing_url }]) => [name, routing_url]))).toEqual(addresses)
    const files = rows.map(([, { schema }]) => resolve(folder, file, '..', schema.file))
    expect(files).toEqual([resolve(root, 'schema.graphql'), resolve(folder, 'crm/crm.graphql')])
    expect(files.every(existsSync)).toBe(true)
  })

  it.each(['apollo-router/router.yaml', 'cosmo/config.yaml'])(
    '%s waits for Billgraph longer than it for Catalyst',
    file => {
      const { billgraph } = readYaml(file).traffic_shaping.subgraphs
      expect(Number.parseInt(billgraph.timeout ?? billgraph.request_timeout, 10)).toBeGreaterThan(60)
    },
  )
})

function cost(amount: string): object {
  return { cost: { total: { net: { amount } } } }
}
