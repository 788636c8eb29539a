import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestSetup } from '../../gateway.js'
import { billRequests, customerOf, startEconomics } from './economics-setup.js'

const SERIES = 'period { month } state asOf amount { net { amount currencyCode } gross { amount } }'

interface Month {
  readonly period: { readonly month: string }
  readonly state: string
  readonly asOf: string | null
  readonly amount: { readonly net: { readonly amount: string; readonly currencyCode: string } } | null
}

let setup: TestSetup
beforeEach(async () => {
  setup = await startEconomics()
})
afterEach(() => setup[Symbol.asyncDispose]())

async function months(query: string): Promise<readonly Month[]> {
  const { data, errors } = await setup.gateway.askText(query)
  expect(errors).toBeUndefined()
  const customer = (data?.customer ?? data) as Record<string, readonly Month[]>
  return Object.values(customer)[0] ?? []
}

function short(series: readonly Month[]): readonly unknown[] {
  return series.map(({ period, state, amount }) => [period.month, state, amount?.net.amount ?? null])
}

describe('cost over time', () => {
  it('takes one call for 24 months of a project', async () => {
    const series = await months(`{ costOverTime(from: "2024-11", to: "2026-10") { ${SERIES} } }`)
    expect(series).toHaveLength(24)
    expect(billRequests(setup)).toEqual(['GET /v2/invoices'])
  })

  it('takes one call for 24 months of many customers', async () => {
    const fields = ['customer-wcc', 'customer-acme', 'customer-pīwakawaka', 'unregistered'].map(
      (prefix, index) =>
        `c${index}: customer(prefix: "${prefix}") { costOverTime(from: "2024-11", to: "2026-10") { state } }`,
    )
    const { errors } = await setup.gateway.askText(`{ ${fields.join(' ')} }`)
    expect(errors).toBeUndefined()
    expect(billRequests(setup)).toEqual(['GET /v2/invoices'])
  })

  it('has every month of the range, and no amount for a month without a bill', async () => {
    const series = await months(`{ costOverTime(from: "2025-07", to: "2025-10") { ${SERIES} } }`)
    expect(short(series)).toEqual([
      ['2025-07', 'NO_BILL', null],
      ['2025-08', 'NO_BILL', null],
      ['2025-09', 'CLOSED', '1297.41'],
      ['2025-10', 'CLOSED', '1426.66'],
    ])
    expect(series.map(({ asOf }) => asOf !== null)).toEqual([false, false, true, true])
  })

  it('shows the running month as running, with the quotation so far', async () => {
    const { data } = await setup.gateway.askText(
      `{ costOverTime(from: "2026-10", to: "2026-11") { ${SERIES} } quotation { total { net { amount } } } }`,
    )
    const found = data as { costOverTime: Month[]; quotation: { total: { net: { amount: string } } } }
    expect(short(found.costOverTime)).toEqual([
      ['2026-10', 'CLOSED', '1978.97'],
      ['2026-11', 'RUNNING', found.quotation.total.net.amount],
    ])
  })

  it("equals the bills' totals, and customerCost for a prefix", async () => {
    const { data } = await setup.gateway.askText(`{
      invoices(filter: { source: CATALYST, from: "2026-09", to: "2026-09" }) { nodes { total { net { amount } } } }
      whole: costOverTime(from: "2026-09", to: "2026-09") { amount { net { amount } } }
      customerCost(prefix: "customer-wcc", match: SEGMENT, month: "2026-09") { total { net { amount } gross { amount } } }
      part: costOverTime(from: "2026-09", to: "2026-09", prefix: "customer-wcc", match: SEGMENT) { amount { net { amount } gross { amount } } }
      customer(prefix: "customer-wcc") { costOverTime(from: "2026-09", to: "2026-09") { amount { net { amount } gross { amount } } } }
    }`)
    const found = data as Record<string, { nodes: { total: unknown }[]; total: unknown; costOverTime: unknown }>
    expect(found.whole).toEqual([{ amount: found.invoices?.nodes[0]?.total }])
    expect(found.part).toEqual([{ amount: found.customerCost?.total }])
    expect(found.customer?.costOverTime).toEqual(found.part)
  })

  it('leaves out months that no claim of the customer covers', async () => {
    await setup[Symbol.asyncDispose]()
    const wcc = customerOf('wcc', 'customer-wcc', ['101'], { from: '2026-08', until: '2026-09' })
    setup = await startEconomics({ registry: { customers: [wcc] } })
    const series = await months(
      `{ customer(prefix: "customer-wcc") { costOverTime(from: "2026-07", to: "2026-10") { ${SERIES} } } }`,
    )
    expect(series.map(({ state }) => state)).toEqual(['NO_BILL', 'CLOSED', 'CLOSED', 'NO_BILL'])
  })

  it.each([
    ['from: "2026-10", to: "2026-09"', 'to: "2026-09" is not the month 2026-10 or a later one'],
    ['from: "2026-10", to: "2026-12"', 'to: "2026-12" is not a month up to 2026-11, the running month in UTC'],
    ['from: "2026-13", to: "2026-10"', 'from: "2026-13" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    ['from: "2010-01", to: "2026-10"', 'to: "2026-10" is not a month up to 2019-12, which is 120 months'],
  ])('refuses %s, without an upstream call', async (range, message) => {
    for (const query of [
      `{ costOverTime(${range}) { state } }`,
      `{ customer(prefix: "customer-wcc") { costOverTime(${range}) { state } revenueOverTime(${range}) { state } } }`,
    ]) {
      const { errors } = await setup.gateway.askText(query)
      expect(errors?.[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } })
    }
    expect(billRequests(setup)).toEqual([])
    expect(setup.threescale.requests).toEqual([])
  })

  it('does not find an unknown project', async () => {
    const { errors } = await setup.gateway.askText(
      '{ costOverTime(from: "2026-10", to: "2026-10", projectId: "none") { state } }',
    )
    expect(errors?.[0]?.extensions).toMatchObject({ code: expect.stringMatching(/NOT_FOUND|UPSTREAM_DENIED/) })
  })

  it('is unavailable while Catalyst is down, and leaves the rest of the response in place', async () => {
    await setup.catalyst.close()
    const { data, errors } = await setup.gateway.askText(
      `{ costOverTime(from: "2026-09", to: "2026-10") { ${SERIES} }
         customer(prefix: "customer-wcc") { revenueOverTime(from: "2026-10", to: "2026-10") { state } } }`,
    )
    const found = data as { costOverTime: Month[]; customer: { revenueOverTime: Month[] } }
    expect(short(found.costOverTime)).toEqual([
      ['2026-09', 'UNAVAILABLE', null],
      ['2026-10', 'UNAVAILABLE', null],
    ])
    expect(found.customer.revenueOverTime).toEqual([{ state: 'CLOSED' }])
    expect(errors?.[0]).toMatchObject({ path: ['costOverTime'], extensions: { upstream: 'CATALYST' } })
  })
})

describe('revenue over time', () => {
  it("reads one buyer's own list once", async () => {
    const series = await months(
      `{ customer(prefix: "customer-wcc") { revenueOverTime(from: "2024-12", to: "2026-11") { ${SERIES} } } }`,
    )
    expect(series).toHaveLength(24)
    expect(setup.threescale.requests).toEqual(['GET /api/accounts/101/invoices.xml'])
  })

  it('is the net total of the invoices by month, cancelled ones excluded', async () => {
    const { data } = await setup.gateway.askText(`{
      buyer(id: "threescale:buyer:101") { invoices(first: 100) { nodes { state period { month } total { net { amount } } } } }
      customer(prefix: "customer-wcc") { revenueOverTime(from: "2026-01", to: "2026-10") { ${SERIES} } }
    }`)
    type Node = { state: string; period: { month: string }; total: { net: { amount: string } } }
    const found = data as { buyer: { invoices: { nodes: Node[] } }; customer: { revenueOverTime: Month[] } }
    for (const { period, amount } of found.customer.revenueOverTime) {
      const nets = found.buyer.invoices.nodes
        .filter(node => node.state !== 'CANCELLED' && node.period.month === period.month)
        .map(node => node.total.net.amount)
      const expected = nets.reduce((sum, net) => sum + toTenThousandths(net), 0n)
      expect(amount === null ? null : toTenThousandths(amount.net.amount)).toEqual(nets.length === 0 ? null : expected)
    }
  })

  it('counts the requested states only', async () => {
    const { data } = await setup.gateway.askText(`{ customer(prefix: "customer-wcc") {
      paid: revenueOverTime(from: "2026-10", to: "2026-10", states: [PAID]) { amount { net { amount } } }
      failed: revenueOverTime(from: "2026-10", to: "2026-10", states: [FAILED]) { amount { net { amount } } }
    } }`)
    expect(data).toEqual({
      customer: {
        paid: [{ amount: { net: { amount: '1329.5282' } } }],
        failed: [{ amount: { net: { amount: '0.00' } } }],
      },
    })
  })

  it('is null for a customer without buyers', async () => {
    const { data } = await setup.gateway.askText(
      '{ customer(prefix: "unregistered") { revenueOverTime(from: "2026-10", to: "2026-10") { state } } }',
    )
    expect(data).toEqual({ customer: { revenueOverTime: null } })
    expect(setup.threescale.requests).toEqual([])
  })
})

function toTenThousandths(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(4, '0'))
}
