import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { join } from '../../examples/supergraph/ask.ts'
import { type Customer, demoCustomers } from '../../examples/supergraph/crm/customers.ts'
import { parseRegistry } from '../../src/config/customers-file.js'
import { CurrentRegistry } from '../../src/loaders/customers/current-registry.js'
import { DEMO_REGISTRY } from '../../src/standin/demo-registry.js'
import { startTestSetup, type TestSetup } from '../gateway.js'
import { netCost, startSupergraph } from './supergraph.js'

const registry = new CurrentRegistry(parseRegistry(DEMO_REGISTRY, problem => expect.fail(problem)))

let setup: TestSetup
beforeEach(async () => {
  setup = await startTestSetup({ server: { registry } })
})
afterEach(() => setup[Symbol.asyncDispose]())

/** Requests for bills. The price list, read once, tells the kind of server. */
const billRequests = () => setup.catalyst.requests.filter(request => request !== 'GET /v2/products')

const nzd = (amount: string) => ({ total: { net: { amount, currencyCode: 'NZD' } } })

const paid = (number: string, amount: string) => ({
  number,
  state: 'PAID',
  period: { month: number.slice(0, 7) },
  ...nzd(amount),
})

describe('a query over both subgraphs', () => {
  it('joins customers of the CRM with their exact costs, margins and bills', async () => {
    await using supergraph = await startSupergraph(setup.gateway)
    const { data, errors } = await supergraph.ask(join, { month: '2017-07' })
    expect(errors).toBeUndefined()
    const row = (
      prefix: string,
      companyName: string,
      manager: string,
      cost: string,
      lines: number,
      margin: object,
      billing: object | null,
    ) => ({
      prefix,
      companyName,
      accountManager: { name: manager },
      cost: { ...nzd(cost), lineItems: { totalCount: lines } },
      margin,
      billing,
    })
    const unknown = (cost: string | null, ...gaps: readonly string[]) => ({
      revenue: null,
      cost: cost === null ? null : { amount: cost },
      amount: null,
      rate: null,
      gaps,
    })
    const billed = (name: string, ...nodes: readonly object[]) => ({ name, invoices: { nodes } })
    expect(data.crmCustomers).toEqual([
      row(
        'customer-acme',
        'Acme Analytics',
        'Tomás Reyes',
        '196.69',
        6,
        unknown('196.69', 'NO_REVENUE'),
        billed('Acme Analytics Ltd', paid('2026-10-00000002', '386.0795'), paid('2026-09-00000025', '1098.25')),
      ),
      row(
        'customer-acme2',
        'Acme 2 Labs',
        'Tomás Reyes',
        '0.00',
        0,
        unknown('0.00', 'NO_REVENUE'),
        billed('Acme 2 Labs', paid('2026-10-00000014', '1333.0953'), paid('2026-09-00000014', '1327.6783')),
      ),
      row(
        'customer-pīwakawaka',
        'Pīwakawaka',
        'Aroha Ngata',
        '0.00',
        0,
        unknown('0.00', 'NO_REVENUE'),
        billed('Pīwakawaka Ltd', paid('2026-10-00000003', '372.8249'), paid('2026-09-00000024', '1485.0')),
      ),
      row(
        'customer-wcc',
        'WCC Hosting',
        'Aroha Ngata',
        '81.69',
        7,
        {
          revenue: { amount: '70.26' },
          cost: { amount: '81.69' },
          amount: { amount: '-11.43', currencyCode: 'NZD' },
          rate: '-0.162681',
          gaps: [],
        },
        billed('WCC Hosting', paid('2026-10-00000001', '1329.5282'), paid('2026-09-00000001', '1326.5595')),
      ),
      row('intranet', 'Our own intranet', 'Aroha Ngata', '57.56', 2, unknown(null, 'REGISTRY_GAP'), null),
    ])
  })

  it('calls Catalyst once, and 3scale for each account and its bills, and for the pages of bills from the month on', async () => {
    await using supergraph = await startSupergraph(setup.gateway)
    await supergraph.ask(join, { month: '2017-07' })
    expect(billRequests()).toEqual(['GET /v2/invoices'])
    expect(setup.threescale.requests.toSorted()).toEqual([
      'GET /admin/api/accounts/101.xml',
      'GET /admin/api/accounts/102.xml',
      'GET /admin/api/accounts/103.xml',
      'GET /admin/api/accounts/114.xml',
      // Four accounts, and four pages: a later bill can on-charge the month.
      ...Array(8).fill('GET /api/invoices.xml'),
    ])
  })

  it('calls Catalyst once for a hundred customers of a month', async () => {
    const [like] = demoCustomers
    if (!like) throw new Error('the demo has no customer')
    const customers = Array.from({ length: 100 }, (_, index) => ({ ...like, prefix: `customer-${1000 + index}` }))
    await using supergraph = await startSupergraph(setup.gateway, [
      ...customers.slice(1),
      { ...like, prefix: 'customer-wcc' },
    ])
    const query = '{ crmCustomers(first: 100) { prefix cost(month: "2017-07") { total { net { amount } } } } }'
    const { data, errors } = await supergraph.ask(query)
    expect(errors).toBeUndefined()
    const rows = data.crmCustomers as readonly { cost: { total: { net: { amount: string } } } }[]
    expect(rows).toHaveLength(100)
    expect(rows.at(-1)?.cost.total.net.amount).toBe('81.69')
    expect(billRequests()).toEqual(['GET /v2/invoices'])
  })

  it('joins from costs to customers too, and keeps the cost of a customer unknown to the CRM', async () => {
    await using supergraph = await startSupergraph(setup.gateway)
    const fields = '{ companyName accountManager { email } cost(month: "2017-07") { total { net { amount } } } }'
    const { data, errors } = await supergraph.ask(`{
      known: customer(prefix: "customer-wcc") ${fields}
      unknown: customer(prefix: "customer-wcc-fdc") ${fields}
      knownCustomer(prefix: "customer-wcc") { id prefix }
      missing: knownCustomer(prefix: "customer-wcc-fdc") { prefix }
    }`)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      known: { companyName: 'WCC Hosting', accountManager: { email: 'aroha@crm.example' }, ...netCost('81.69') },
      unknown: { companyName: null, accountManager: null, ...netCost('23.28') },
      knownCustomer: { id: 'catalyst:customer:customer-wcc', prefix: 'customer-wcc' },
      missing: null,
    })
  })

  it('keeps the data of the CRM and Catalyst when 3scale is down, and reports the reason', async () => {
    await setup.threescale.close()
    await using supergraph = await startSupergraph(setup.gateway)
    const { data, errors } = await supergraph.ask(join, { month: '2017-07' })
    const wcc = (data.crmCustomers as readonly Customer[]).find(({ prefix }) => prefix === 'customer-wcc')
    expect(wcc).toMatchObject({ companyName: 'WCC Hosting', cost: nzd('81.69') })
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'UPSTREAM_UNAVAILABLE', upstream: 'THREESCALE', serviceName: 'billgraph' },
    })
  })

  it("passes the caller's request id on to Billgraph's errors and log", async () => {
    await using supergraph = await startSupergraph(setup.gateway)
    const query = '{ crmCustomers(first: 1) { cost(month: "2017-13") { total { net { amount } } } } }'
    const { errors } = await supergraph.ask(query, {}, { 'x-request-id': 'join-1' })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', requestId: 'join-1' } }])
    expect(setup.gateway.log.filter(line => line.includes('"requestId":"join-1"'))).not.toEqual([])
  })
})

describe('the CRM', () => {
  it('pages by prefix, and rejects an invalid page size', async () => {
    await using supergraph = await startSupergraph(setup.gateway)
    const read = '{ crmCustomers(first: 2, after: "customer-acme") { prefix } }'
    const { data } = await supergraph.ask(read)
    expect(data.crmCustomers).toEqual([{ prefix: 'customer-acme2' }, { prefix: 'customer-pīwakawaka' }])
    const { errors } = await supergraph.ask('{ crmCustomers(first: 101) { prefix } }')
    expect(errors).toMatchObject([{ message: expect.stringContaining('101'), extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('refers to accounts that exist in the demo', () => {
    const accounts = setup.threescale.data.buyers.map(({ id }) => String(id))
    expect(
      demoCustomers.flatMap(({ billing }) => billing?.nativeId ?? []).filter(id => !accounts.includes(id)),
    ).toEqual([])
  })
})
