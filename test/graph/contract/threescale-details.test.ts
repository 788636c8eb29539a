import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startThreescale } from '../../../src/standin/threescale/start.js'
import { startGateway, startTestSetup, type TestSetup } from '../../gateway.js'
import {
  BuyersDocument,
  type BuyersQuery,
  LineItemDetailsDocument,
  type LineItemDetailsQuery,
  PaymentsDocument,
} from '../../operations/operations.generated.js'

let setup: TestSetup
beforeEach(async () => {
  setup = await startTestSetup()
})
afterEach(() => setup[Symbol.asyncDispose]())

const REVENUE = { source: 'THREESCALE' } as const

type Line = NonNullable<NonNullable<LineItemDetailsQuery['invoices']>['nodes'][number]['lineItems']>['nodes'][number]

async function linesOf(first: number): Promise<readonly Line[]> {
  const { data, errors } = await setup.gateway.ask(LineItemDetailsDocument, { filter: REVENUE, first })
  expect(errors).toBeUndefined()
  return data?.invoices?.nodes.flatMap(invoice => invoice.lineItems?.nodes ?? []) ?? []
}

describe('payments', () => {
  it('are read once per invoice, and not for invoices that were never charged', async () => {
    const { data, errors } = await setup.gateway.ask(PaymentsDocument, { filter: REVENUE, first: 50 })
    expect(errors).toBeUndefined()
    const invoices = data?.invoices?.nodes ?? []
    const tried = invoices.filter(invoice => (invoice.payments?.length ?? 0) > 0)
    expect(invoices).toHaveLength(50)
    expect(tried.length).toBeGreaterThan(5)
    expect(tried.length).toBeLessThan(50)
    expect(setup.threescale.requests.filter(request => request.endsWith('payment_transactions.xml'))).toHaveLength(
      tried.length,
    )
    expect(setup.threescale.requests).toHaveLength(tried.length + 1)
  })

  it('have the amount, time and outcome, and nothing about cards', async () => {
    const { data } = await setup.gateway.ask(PaymentsDocument, { filter: { ...REVENUE, states: ['PAID'] }, first: 40 })
    const payments = data?.invoices?.nodes.flatMap(invoice => invoice.payments ?? []) ?? []
    expect(payments.some(payment => !payment.success)).toBe(true)
    expect(payments.find(payment => payment.success)).toMatchObject({
      id: expect.stringMatching(/^threescale:payment:\d+:\d+$/),
      amount: { amount: expect.stringMatching(/^\d+\.\d+$/), currencyCode: 'NZD' },
      action: 'purchase',
      createdAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/),
    })
    expect(JSON.stringify(data)).not.toContain('demo-secret-')
  })

  it('are empty for Catalyst invoices', async () => {
    const { data } = await setup.gateway.ask(PaymentsDocument, { filter: { source: 'CATALYST' }, first: 1 })
    expect(data?.invoices?.nodes[0]?.payments).toEqual([])
    expect(setup.threescale.requests).toEqual([])
  })
})

describe('metric, contract and plan of a line', () => {
  it('are resolved with no more calls than there are lists', async () => {
    const lines = await linesOf(60)
    expect(lines.length).toBeGreaterThan(90)
    const resolved = lines.filter(line => line.metric && line.contract && line.plan)
    expect(resolved.length).toBeGreaterThan(10)
    for (const line of resolved) {
      expect(line.metric?.nativeId).toBe(line.metricId)
      expect(line.contract?.nativeId).toBe(line.contractId)
      expect(line.metric?.id).toBe(`threescale:metric:${line.metricId}`)
    }
    // The list, the applications, the services, three kinds of plan, and the accounts of the contracts' buyers.
    expect(setup.threescale.requests.length).toBeLessThanOrEqual(7)
  })

  it('are null without an error when there are none', async () => {
    const lines = await linesOf(100)
    expect(lines.some(line => line.contractId !== null && line.contract === null)).toBe(true)
    expect(lines.some(line => line.metricId !== null && line.metric === null)).toBe(true)
    expect(lines.some(line => line.contractId === null && line.contract === null)).toBe(true)
  })

  it('are found again by their ids', async () => {
    const line = (await linesOf(60)).find(one => one.metric && one.contract)
    const payments = await setup.gateway.ask(PaymentsDocument, { filter: { ...REVENUE, states: ['PAID'] }, first: 40 })
    const payment = payments.data?.invoices?.nodes.flatMap(invoice => invoice.payments ?? [])[0]
    const ids = [line?.metric?.id, line?.contract?.id, payment?.id]
    const { data, errors } = await setup.gateway.askText(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      { ids },
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      nodes: [
        { __typename: 'Metric', id: ids[0] },
        { __typename: 'Contract', id: ids[1] },
        { __typename: 'Payment', id: ids[2] },
      ],
    })
  })

  it('contain no key of an application', async () => {
    await linesOf(60)
    const { data } = await setup.gateway.ask(LineItemDetailsDocument, { filter: REVENUE, first: 60 })
    expect(JSON.stringify(data) + setup.gateway.log.join('')).not.toContain('demo-secret-')
  })

  it('are null, with the reason reported once, for a token with the billing scope only', async () => {
    const tokens = [{ value: 'billing-only', scopes: ['finance'], permission: 'ro' }] as const
    await using threescale = await startThreescale({ tokens })
    await using gateway = await startGateway({
      catalyst: null,
      threescale: { url: threescale.url, accessToken: 'billing-only', deadlineMs: 10_000 },
    })
    const query = '{ invoices(first: 20) { nodes { lineItems { nodes { name contract { name } metric { name } } } } } }'
    const { data, errors } = await gateway.askText(query)
    expect(JSON.stringify(data)).toContain('"contract":null')
    expect(errors?.map(error => error.extensions)).toMatchObject([
      { code: 'UPSTREAM_DENIED', upstream: 'THREESCALE' },
      { code: 'UPSTREAM_DENIED', upstream: 'THREESCALE' },
    ])
    expect(errors?.[0]?.message).toContain('lacks the scope')
  })
})

describe('buyers', () => {
  it('are the configured project and the accounts that are not deleted, in pages in both directions', async () => {
    const whole = (await setup.gateway.ask(BuyersDocument, { first: 100 })).data?.buyers
    const kept = setup.threescale.data.buyers
      .filter(buyer => !buyer.isDeleted)
      .map(buyer => `threescale:buyer:${buyer.id}`)
    expect(whole?.nodes.map(node => node.id)).toEqual([
      `catalyst:buyer:${setup.catalyst.credentials.projectId}`,
      ...kept,
    ])
    expect(whole?.totalCount).toBe(kept.length + 1)
    const forwards: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page: BuyersQuery['buyers'] =
        (await setup.gateway.ask(BuyersDocument, { first: 7, after })).data?.buyers ?? null
      forwards.push(...(page?.nodes.map(node => node.id) ?? []))
      after = page?.pageInfo.endCursor ?? null
      more = page?.pageInfo.hasNextPage ?? false
    }
    expect(forwards).toEqual(whole?.nodes.map(node => node.id))
    const last = (await setup.gateway.ask(BuyersDocument, { last: 4 })).data?.buyers
    expect(last?.nodes.map(node => node.id)).toEqual(forwards.slice(-4))
  })

  it('have their state from the same list', async () => {
    const { data } = await setup.gateway.ask(BuyersDocument, { filter: { source: 'THREESCALE' }, first: 100 })
    expect(new Set(data?.buyers?.nodes.map(node => node.state))).not.toContain(null)
    expect(setup.threescale.requests).toEqual(['GET /admin/api/accounts.xml'])
    expect(setup.catalyst.requests).toEqual([])
  })

  it('are found by part of the name, case-insensitively, macrons included', async () => {
    const { data } = await setup.gateway.ask(BuyersDocument, { filter: { nameContains: 'PĪWAKA' } })
    expect(data?.buyers?.nodes.map(node => node.name)).toEqual(['Pīwakawaka Ltd'])
  })

  it('leave out a system that fails, and report its error', async () => {
    await setup.threescale.close()
    const { data, errors } = await setup.gateway.ask(BuyersDocument, {})
    expect(data?.buyers).toMatchObject({ totalCount: null, nodes: [{ source: 'CATALYST' }] })
    expect(errors).toMatchObject([
      { path: ['buyers'], extensions: { code: 'UPSTREAM_UNAVAILABLE', upstream: 'THREESCALE' } },
    ])
  })
})
