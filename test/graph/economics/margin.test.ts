import { afterEach, describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../src/domain/decimal.js'
import type { TestSetup } from '../../gateway.js'
import { billRequests, customerOf, DEMO_CUSTOMERS, startEconomics } from './economics-setup.js'

const MARGIN =
  'margin(month: "2026-10") { revenue { amount currencyCode } collected { amount } cost { amount } amount { amount } rate gaps }'

let setup: TestSetup
afterEach(() => setup[Symbol.asyncDispose]())

async function marginOf(prefix: string, selection = MARGIN): Promise<unknown> {
  const { data } = await setup.gateway.askText(`{ customer(prefix: "${prefix}") { ${selection} } }`)
  return (data?.customer as { margin: unknown } | null)?.margin
}

describe('the margin of a customer', () => {
  it('is revenue less cost, with what was collected beside it', async () => {
    setup = await startEconomics()
    expect(await marginOf('customer-wcc')).toEqual({
      revenue: { amount: '1329.5282', currencyCode: 'NZD' },
      collected: { amount: '1329.5282' },
      cost: { amount: '582.15' },
      amount: { amount: '747.3782' },
      rate: '0.562138',
      gaps: [],
    })
  })

  it('of fifty customers takes one call for the project and the pages from the month on in the list of 3scale', async () => {
    const customers = Array.from({ length: 50 }, (_, index) =>
      customerOf(`c${index}`, `customer-${index}`, [String(101 + index)]),
    )
    setup = await startEconomics({ registry: { customers } })
    const fields = customers.map(({ key }, index) => `${key}: customer(prefix: "customer-${index}") { ${MARGIN} }`)
    const { data, errors } = await setup.gateway.askText(`{ ${fields.join(' ')} }`)
    expect(errors).toBeUndefined()
    expect(Object.keys(data ?? {})).toHaveLength(50)
    expect(billRequests(setup)).toEqual(['GET /v2/invoices'])
    const since = setup.threescale.data.invoices.filter(({ period }) => period >= '2026-10')
    expect(new Set(setup.threescale.requests)).toEqual(new Set(['GET /api/invoices.xml']))
    // A later invoice can on-charge the month. Besides, a page of older ones may be needed to show where they end.
    expect(setup.threescale.requests.length).toBeLessThanOrEqual(Math.ceil(since.length / 100) + 1)
  })

  it('has the gaps of a customer that is not registered, of one without buyers, and of one without invoices', async () => {
    const customers = [customerOf('none', 'customer-wcc', []), customerOf('new', 'customer-acme', ['999999'])]
    setup = await startEconomics({ registry: { customers } })
    expect(await marginOf('unregistered')).toMatchObject({
      cost: null,
      revenue: null,
      amount: null,
      gaps: ['REGISTRY_GAP'],
    })
    expect(await marginOf('customer-wcc')).toMatchObject({
      cost: { amount: '582.15' },
      amount: null,
      gaps: ['NO_BUYER'],
    })
    expect(await marginOf('customer-acme')).toMatchObject({
      revenue: null,
      amount: null,
      rate: null,
      gaps: ['NO_REVENUE'],
    })
  })

  it('is absent in the running month, in a month without a bill, and in one that no claim covers', async () => {
    const [wcc] = DEMO_CUSTOMERS
    const acme = customerOf('acme', 'customer-acme', ['102'], { until: '2026-09' })
    setup = await startEconomics({ registry: { customers: [...(wcc ? [wcc] : []), acme] } })
    const inMonth = (month: string) => `margin(month: "${month}") { amount { amount } gaps }`
    expect(await marginOf('customer-wcc', inMonth('2026-11'))).toMatchObject({
      amount: null,
      gaps: ['COST_RUNNING', 'NOT_ISSUED'],
    })
    expect(await marginOf('customer-wcc', inMonth('2025-03'))).toMatchObject({
      amount: null,
      gaps: ['NO_COST', 'NO_REVENUE'],
    })
    expect(await marginOf('customer-acme')).toMatchObject({ amount: null, gaps: ['REGISTRY_GAP'] })
  })

  it('refuses a future month, without an upstream call', async () => {
    setup = await startEconomics()
    const { errors } = await setup.gateway.askText(
      '{ customer(prefix: "customer-wcc") { margin(month: "2026-12") { gaps } } }',
    )
    expect(errors?.[0]).toMatchObject({
      message: 'month: "2026-12" is not a month up to 2026-11, the running month in UTC',
      extensions: { code: 'BAD_USER_INPUT' },
    })
    expect(billRequests(setup)).toEqual([])
  })

  it('does not use a rate that the registry has for another month', async () => {
    const exchangeRates = [{ month: '2026-10', from: 'NZD', to: 'EUR', rate: parseDecimal('0.55') }]
    setup = await startEconomics({ registry: { exchangeRates } })
    // Both sides are in NZD: the rate is not needed, and not shown.
    expect(await marginOf('customer-wcc', 'margin(month: "2026-10") { exchangeRate gaps }')).toEqual({
      exchangeRate: null,
      gaps: [],
    })
  })
})

describe('a margin with shared cost', () => {
  const FULL = 'margin(month: "2026-10", costs: FULL) { costs cost { amount } amount { amount } gaps }'
  const pools = [
    {
      name: 'rest',
      match: { type: null, category: null, prefix: null, match: 'STARTS_WITH', projectId: null },
      policy: 'EVEN',
      weights: new Map(),
    },
  ] as const

  it("counts the customer's total in the allocation of the bill, without another call", async () => {
    setup = await startEconomics({ registry: { pools } })
    const { data } = await setup.gateway.askText(`{ customer(prefix: "customer-wcc") { ${FULL} } }`)
    expect(billRequests(setup)).toEqual(['GET /v2/invoices'])
    const { data: shares } = await setup.gateway.askText(
      '{ costAllocation(month: "2026-10") { unallocated { net { amount } } customers { customer { key } total { net { amount } } } } }',
    )
    type Shares = {
      unallocated: unknown
      customers: { customer: { key: string }; total: { net: { amount: string } } }[]
    }
    const { customers, unallocated } = (shares as { costAllocation: Shares }).costAllocation
    const wcc = customers.find(({ customer }) => customer.key === 'wcc')
    expect(unallocated).toEqual({ net: { amount: '0.00' } })
    expect(data?.customer).toMatchObject({ margin: { costs: 'FULL', cost: wcc?.total.net, gaps: [] } })
    expect(Number(wcc?.total.net.amount)).toBeGreaterThan(582.15)
  })

  it('is absent while lines are neither claimed nor shared', async () => {
    setup = await startEconomics()
    expect(await marginOf('customer-wcc', FULL)).toMatchObject({ amount: null, gaps: ['UNALLOCATED'] })
  })

  it('is absent for a caller that may not see whole bills', async () => {
    const caller = { projects: new Set<string>(), prefixes: new Set(['customer-wcc']) }
    setup = await startEconomics({ caller, registry: { pools } })
    expect(await marginOf('customer-wcc', FULL)).toMatchObject({ cost: null, amount: null, gaps: ['NOT_ALL_VISIBLE'] })
  })
})

describe('a margin while one system is down', () => {
  it('keeps the revenue when Catalyst is gone', async () => {
    setup = await startEconomics()
    await setup.catalyst.close()
    expect(await marginOf('customer-wcc')).toMatchObject({
      revenue: { amount: '1329.5282' },
      cost: null,
      amount: null,
      gaps: ['UPSTREAM_DOWN'],
    })
  })

  it('keeps the cost when 3scale is gone', async () => {
    setup = await startEconomics()
    await setup.threescale.close()
    expect(await marginOf('customer-wcc')).toMatchObject({
      revenue: null,
      cost: { amount: '582.15' },
      amount: null,
      gaps: ['UPSTREAM_DOWN'],
    })
  })
})

describe('a margin for a caller with a part of the grants', () => {
  it.each([
    [
      'the prefix only',
      { projects: new Set<string>(), prefixes: new Set(['customer-wcc']), buyers: new Set<string>() },
    ],
    ['no scope for invoices', { scopes: ['costs:read'] as const }],
  ])('shows the cost and nothing of the revenue, with %s', async (_, caller) => {
    setup = await startEconomics({ caller })
    expect(await marginOf('customer-wcc')).toEqual({
      revenue: null,
      collected: null,
      cost: { amount: '582.15' },
      amount: null,
      rate: null,
      gaps: ['NOT_ALL_VISIBLE'],
    })
    expect(setup.threescale.requests).toEqual([])
  })

  it('does not tell a customer without buyers from one whose buyers are hidden', async () => {
    const caller = { projects: new Set<string>(), prefixes: new Set(['customer-wcc']), buyers: new Set<string>() }
    setup = await startEconomics({ caller, registry: { customers: [customerOf('wcc', 'customer-wcc', [])] } })
    expect(await marginOf('customer-wcc')).toMatchObject({ gaps: ['NOT_ALL_VISIBLE'] })
  })

  it('shows no part of a cost when only one of two claims is granted', async () => {
    const [claim] = customerOf('wcc', 'customer-wcc', []).claims
    const claims = [claim, { ...claim, prefix: 'customer-acme' }] as const
    const caller = { projects: new Set<string>(), prefixes: new Set(['customer-wcc']) }
    setup = await startEconomics({ caller, registry: { customers: [{ ...customerOf('wcc', '', ['101']), claims }] } })
    const { data } = await setup.gateway.askText(
      `{ customer(prefix: "customer-wcc") { ${MARGIN} costOverTime(from: "2026-10", to: "2026-10") { state } } }`,
    )
    expect(data?.customer).toMatchObject({ margin: { cost: null, gaps: ['NOT_ALL_VISIBLE'] }, costOverTime: null })
  })
})
