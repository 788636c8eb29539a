import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grants, Principal } from '../../../src/access/principal.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'
import { CustomerCostDocument } from '../../operations/operations.generated.js'

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup()
})
afterAll(() => setup[Symbol.asyncDispose]())

describe('customerCost', () => {
  it('returns the seven lines of customer-wcc in July 2017, 81.69 in total, in the order billed', async () => {
    const { data, errors } = await setup.gateway.ask(CustomerCostDocument, { prefix: 'customer-wcc', month: '2017-07' })
    expect(errors).toBeUndefined()
    const cost = data?.customerCost
    expect(cost?.total.net).toEqual({ amount: '81.69', currencyCode: 'NZD' })
    expect(cost?.lineItems?.totalCount).toBe(7)
    expect(
      cost?.lineItems?.nodes.map(line => [line.name, line.rate, line.quantity, line.unit, line.cost.net.amount]),
    ).toEqual([
      ['customer-wcc-ipsec-router-fdc', '0.017', '697.0', 'Hour(s)', '11.85'],
      ['customer-wcc-ipsec-router-gdc', '0.017', '697.0', 'Hour(s)', '11.85'],
      ['customer-wcc-fdc-vpnservice', '0.017', '697.0', 'Hour(s)', '11.85'],
      ['customer-wcc-gdc-vpnservice', '0.017', '697.0', 'Hour(s)', '11.85'],
      ['customer-wcc-fdc', '0.0164', '697.0', 'Hour(s)', '11.43'],
      ['customer-wcc', '0.0164', '697.0', 'Hour(s)', '11.43'],
      ['customer-wcc-gdc', '0.0164', '697.0', 'Hour(s)', '11.43'],
    ])
    expect(cost).toMatchObject({
      basis: 'INVOICE',
      period: { month: '2017-07', endExclusive: '2017-08-01' },
      stale: false,
    })
    // Seven lines with 15 % each, to the cent: 4 × 13.63 + 3 × 13.14.
    expect(cost?.total).toMatchObject({ gross: { amount: '93.94' }, taxRate: '0.15', taxBasis: 'COMPUTED' })
    expect(cost?.notices.map(notice => notice.code)).toEqual(['LEGACY_TAX'])
  })

  it('reads the newest closed month that has a bill when the query names no month', async () => {
    const { data } = await setup.gateway.ask(CustomerCostDocument, { prefix: '' })
    expect(data?.customerCost).toMatchObject({ basis: 'INVOICE', period: { month: '2026-10' } })
    expect(data?.customerCost?.lineItems?.totalCount).toBeGreaterThan(30)
  })

  it('reads the quotation for the running month', async () => {
    const { data } = await setup.gateway.ask(CustomerCostDocument, { prefix: 'customer-wcc', month: '2026-11' })
    expect(data?.customerCost).toMatchObject({ basis: 'QUOTATION', invoices: [], period: { month: '2026-11' } })
  })

  it('reads the quotation of a project that has no bills', async () => {
    const projectId = '94b566de52f9423fab80ceee8c0a4a23'
    const { data } = await setup.gateway.ask(CustomerCostDocument, { prefix: '', projectId })
    expect(data?.customerCost).toMatchObject({
      basis: 'QUOTATION',
      total: { net: { amount: '34.82' } },
      buyer: { name: 'openstack' },
    })
  })

  it('is a cost of zero for a prefix that matches nothing', async () => {
    const { data } = await setup.gateway.ask(CustomerCostDocument, { prefix: 'unused-prefix', month: '2017-07' })
    expect(data?.customerCost).toMatchObject({
      total: { net: { amount: '0.00' } },
      lineItems: { totalCount: 0, nodes: [] },
    })
  })

  it('is null for a month without a bill', async () => {
    const { data, errors } = await setup.gateway.ask(CustomerCostDocument, { prefix: 'customer-wcc', month: '2016-01' })
    expect(errors).toBeUndefined()
    expect(data?.customerCost).toBeNull()
  })

  it("is null for a month without a bill of a named project that is the gateway's own", async () => {
    const { projectId } = setup.catalyst.credentials
    const { data, errors } = await setup.gateway.ask(CustomerCostDocument, { prefix: '', month: '2016-01', projectId })
    expect(errors).toBeUndefined()
    expect(data?.customerCost).toBeNull()
  })

  it('refuses a future month without calling the upstream', async () => {
    const before = setup.catalyst.requests.length
    const { data, errors } = await setup.gateway.ask(CustomerCostDocument, { prefix: 'customer-wcc', month: '2026-12' })
    expect(data?.customerCost).toBeNull()
    expect(errors).toMatchObject([
      {
        message: 'month: "2026-12" is not a month up to 2026-11, the running month in UTC',
        path: ['customerCost'],
        extensions: { code: 'BAD_USER_INPUT', argument: 'month' },
      },
    ])
    expect(setup.catalyst.requests).toHaveLength(before)
  })

  it.each([{ month: '2026-10' }, { month: '2026-11' }, {}])(
    'reports a project that does not exist: %o',
    async variables => {
      const { data, errors } = await setup.gateway.ask(CustomerCostDocument, {
        prefix: '',
        projectId: 'nowhere',
        ...variables,
      })
      expect(data?.customerCost).toBeNull()
      expect(errors).toMatchObject([
        {
          message: 'projectId: "nowhere" is not the id of a project that exists and that the caller may see',
          path: ['customerCost'],
          extensions: { code: 'NOT_FOUND', argument: 'projectId' },
        },
      ])
    },
  )

  it('leaves customer-acme2 out of customer-acme by SEGMENT, and says so otherwise', async () => {
    const variables = { prefix: 'customer-acme', month: '2026-10' }
    const loose = (await setup.gateway.ask(CustomerCostDocument, variables)).data?.customerCost
    const strict = (await setup.gateway.ask(CustomerCostDocument, { ...variables, match: 'SEGMENT' })).data
      ?.customerCost
    const names = (cost: typeof loose) => cost?.lineItems?.nodes.map(line => line.name) ?? []
    expect(names(loose).some(name => name.startsWith('customer-acme2'))).toBe(true)
    expect(names(strict).some(name => name.startsWith('customer-acme2'))).toBe(false)
    expect(loose?.notices.map(notice => notice.code)).toContain('PREFIX_OVERLAP')
    expect(strict?.notices.map(notice => notice.code)).not.toContain('PREFIX_OVERLAP')
  })

  it('combines all documents of a month', async () => {
    const { data } = await setup.gateway.askText(
      '{ invoices(filter: { source: CATALYST }, first: 100) { nodes { period { month } total { net { amount } } } } }',
    )
    const invoices = data?.invoices as { nodes: { period: { month: string } }[] } | undefined
    const months = invoices?.nodes.map(node => node.period.month) ?? []
    const twice = months.find((month, index) => months.indexOf(month) !== index)
    const cost = (await setup.gateway.ask(CustomerCostDocument, { prefix: '', month: twice ?? null })).data
      ?.customerCost
    expect(cost?.invoices.length).toBeGreaterThan(1)
    expect(cost?.notices.map(notice => notice.code)).toContain('MERGED_DOCUMENTS')
  })
})

describe('customerCost of a project that the caller may not see', () => {
  const FOREIGN = '5fac8ecc14fc4cd6g3e59d16aae4dcb'
  const query = `query ($projectId: ID) {
    closed: customerCost(prefix: "", month: "2017-11", projectId: $projectId) { total { net { amount } } }
    newest: customerCost(prefix: "", projectId: $projectId) { total { net { amount } } }
  }`

  async function compare(grants: Partial<Grants>) {
    const principal: Principal = {
      id: 'test',
      scopes: new Set(['costs:read']),
      grants: { projects: new Set(['p1']), prefixes: new Set(), buyers: new Set(), ...grants },
    }
    await using other = await startTestSetup({ server: { authenticate: async () => principal } })
    const answers = []
    for (const projectId of [FOREIGN, 'nowhere']) {
      const { data, errors } = await other.gateway.askText(query, { projectId })
      answers.push({ data, errors: errors?.map(error => error.message.replaceAll(projectId, 'ID')) })
    }
    return { answers, calls: other.catalyst.requests.length }
  }

  it('returns the error of a project that does not exist, without calling the upstream', async () => {
    const { answers, calls } = await compare({})
    const message = 'projectId: "ID" is not the id of a project that exists and that the caller may see'
    expect(answers[0]).toEqual({ data: { closed: null, newest: null }, errors: [message, message] })
    expect(answers[1]).toEqual(answers[0])
    expect(calls).toBe(0)
  })

  it('is null for a caller limited to customers that have no lines there, as for a project that does not exist', async () => {
    const { answers } = await compare({ prefixes: new Set(['customer-without-lines']) })
    expect(answers[0]).toEqual({ data: { closed: null, newest: null }, errors: undefined })
    expect(answers[1]).toEqual(answers[0])
  })
})
