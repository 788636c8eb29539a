import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grants, Principal } from '../../../src/access/principal.js'
import { parseRegistry } from '../../../src/config/customers-file.js'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import { DEMO_REGISTRY } from '../../../src/standin/demo-registry.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'

const AMOUNTS = 'net { amount } tax { amount } gross { amount } taxBasis'
const QUERY = `query ($month: YearMonth!, $projectId: ID) {
  costAllocation(month: $month, projectId: $projectId) {
    period { month } buyer { name } basis taxRounding stale fingerprint
    bill { ${AMOUNTS} }
    customers { customer { key name prefix } direct { amount } shared { amount } total { ${AMOUNTS} } share }
    pools { name policy cost { amount } shares { customer { key } amount { amount } } }
    unallocated { ${AMOUNTS} }
    notices { code }
  }
}`

interface Amounts {
  readonly net: { readonly amount: string }
  readonly tax: { readonly amount: string }
  readonly gross: { readonly amount: string }
}

interface Allocation {
  readonly bill: Amounts
  readonly customers: readonly { readonly total: Amounts }[]
  readonly unallocated: Amounts
  readonly fingerprint: string
}

const registry = new CurrentRegistry(
  parseRegistry(DEMO_REGISTRY, problem => {
    throw new Error(problem)
  }),
)

let setup: TestSetup
beforeAll(async () => {
  setup = await startTestSetup({ server: { registry } })
})
afterAll(() => setup[Symbol.asyncDispose]())

async function allocationOf(month: string, variables: object = {}): Promise<Allocation> {
  const { data, errors } = await setup.gateway.askText(QUERY, { month, ...variables })
  expect(errors).toBeUndefined()
  return data?.costAllocation as Allocation
}

describe('costAllocation', () => {
  it('returns every part of a closed month', async () => {
    expect(await allocationOf('2017-07')).toMatchObject({
      period: { month: '2017-07' },
      buyer: { name: 'harbour-digital.example.nz' },
      basis: 'INVOICE',
      taxRounding: 'HALF_EVEN',
      stale: false,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      bill: { net: { amount: '335.94' }, tax: { amount: '50.39' }, gross: { amount: '386.33' } },
      customers: [
        { customer: { key: 'acme' } },
        { customer: { key: 'acme2' }, direct: { amount: '0.00' } },
        { customer: { key: 'piwakawaka' } },
        {
          customer: { key: 'wcc', name: 'WCC Hosting', prefix: 'customer-wcc' },
          direct: { amount: '81.69' },
          shared: { amount: '2.85' },
          total: {
            net: { amount: '84.54' },
            tax: { amount: '12.67' },
            gross: { amount: '97.21' },
            taxBasis: 'COMPUTED',
          },
          share: '0.251652',
        },
      ],
      pools: [
        { name: 'kubernetes', policy: 'PROPORTIONAL', cost: { amount: '0.00' } },
        { name: 'monitoring', policy: 'WEIGHTS' },
        { name: 'company', policy: 'UNALLOCATED', shares: [] },
        {
          name: 'addresses',
          policy: 'EVEN',
          cost: { amount: '11.43' },
          shares: [
            { customer: { key: 'acme' }, amount: { amount: '2.86' } },
            { customer: { key: 'acme2' }, amount: { amount: '2.86' } },
            { customer: { key: 'piwakawaka' }, amount: { amount: '2.86' } },
            { customer: { key: 'wcc' }, amount: { amount: '2.85' } },
          ],
        },
        { name: 'ROUNDING', policy: 'UNALLOCATED', cost: { amount: '0.00' }, shares: [] },
      ],
      unallocated: { net: { amount: '46.13' } },
      notices: [{ code: 'LEGACY_TAX' }],
    })
  })

  it.each(['2017-07', '2026-09', '2026-10', '2026-11'])('sums to the bill of %s in net, tax and gross', async month => {
    const { bill, customers, unallocated } = await allocationOf(month)
    for (const side of ['net', 'tax', 'gross'] as const) {
      const parts = [...customers.map(({ total }) => total), unallocated]
      const sum = parts.reduce((all, part) => all + BigInt(part[side].amount.replace('.', '')), 0n)
      expect(sum).toBe(BigInt(bill[side].amount.replace('.', '')))
    }
  })

  it('divides the quotation of the running month', async () => {
    expect(await allocationOf('2026-11')).toMatchObject({ basis: 'QUOTATION', notices: [{ code: 'TAX_COMPUTED' }] })
  })

  it('reads a month with one call, and has the same fingerprint each time', async () => {
    const before = setup.catalyst.requests.filter(request => request !== 'GET /v2/products').length
    const first = await allocationOf('2026-10')
    expect(setup.catalyst.requests.filter(request => request !== 'GET /v2/products').length - before).toBe(1)
    expect((await allocationOf('2026-10')).fingerprint).toBe(first.fingerprint)
    expect((await allocationOf('2026-09')).fingerprint).not.toBe(first.fingerprint)
  })

  it('is null for a month without a bill', async () => {
    expect(await allocationOf('2016-01')).toBeNull()
    expect(await allocationOf('2016-01', { projectId: setup.catalyst.credentials.projectId })).toBeNull()
  })

  it.each([
    [{ month: '2026-12' }, 'BAD_USER_INPUT', 'month: "2026-12" is not a month up to 2026-11, the running month in UTC'],
    [
      { month: '2026-13' },
      'BAD_USER_INPUT',
      'month: "2026-13" is not a month as YYYY-MM from 2000 on, such as 2017-07',
    ],
    [
      { month: '2026-10', projectId: 'no id' },
      'BAD_USER_INPUT',
      'projectId: "no id" is not an OpenStack project id, such as 5fac8ecc14fc4cd6a3e59d16aae4dcb0',
    ],
  ])('refuses %j without calling the upstream', async (variables, code, message) => {
    const before = setup.catalyst.requests.length
    const { data, errors } = await setup.gateway.askText(QUERY, variables)
    expect(data?.costAllocation).toBeNull()
    expect(errors).toMatchObject([{ message, path: ['costAllocation'], extensions: { code } }])
    expect(setup.catalyst.requests).toHaveLength(before)
  })

  it('reports a project that does not exist', async () => {
    const { errors } = await setup.gateway.askText(QUERY, { month: '2026-10', projectId: 'nowhere' })
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', argument: 'projectId' } }])
  })

  it('reports a region that is missing from the running month', async () => {
    await using other = await startTestSetup({ server: { registry } })
    other.catalyst.regions['nz-hlz-1']?.faults.push({ route: 'GET /v2/quotations', kind: 'status:500' })
    const { data, errors } = await other.gateway.askText(QUERY, { month: '2026-11' })
    expect(data?.costAllocation).toMatchObject({ notices: expect.arrayContaining([{ code: 'REGION_MISSING' }]) })
    expect(errors).toMatchObject([{ path: ['costAllocation'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }])
  })

  it('divides nothing among customers without a registry', async () => {
    await using other = await startTestSetup()
    const { data } = await other.gateway.askText(QUERY, { month: '2017-07' })
    expect(data?.costAllocation).toMatchObject({ customers: [], pools: [{ name: 'ROUNDING' }] })
    expect(data?.costAllocation).toMatchObject({ unallocated: { net: { amount: '335.94' } } })
  })
})

describe('costAllocation of a caller', () => {
  async function ask(
    grants: Partial<Grants>,
    projectId?: string,
    scopes: Principal['scopes'] = new Set(['costs:read']),
  ) {
    const principal: Principal = {
      id: 'test',
      scopes,
      grants: { projects: new Set(), prefixes: new Set(), buyers: new Set(), ...grants },
    }
    await using other = await startTestSetup({ server: { registry, authenticate: async () => principal } })
    const variables = { month: '2026-10', ...(projectId !== undefined && { projectId }) }
    return { ...(await other.gateway.askText(QUERY, variables)), calls: other.catalyst.requests.length }
  }

  it.each([
    ['no grant', {}],
    ['a granted customer', { prefixes: new Set(['customer-wcc']) }],
    ['every customer granted', { prefixes: '*' as const }],
    ['another granted project', { projects: new Set(['p1']) }],
  ])('with %s is NOT_FOUND, as for a project that does not exist, without calling the upstream', async (_, grants) => {
    const { projectId } = setup.catalyst.credentials
    for (const named of [projectId, 'nowhere']) {
      const { data, errors, calls } = await ask(grants, named)
      expect(data?.costAllocation).toBeNull()
      expect(errors).toMatchObject([
        {
          message: `projectId: "${named}" is not the id of a project that exists and that the caller may see`,
          extensions: { code: 'NOT_FOUND', argument: 'projectId' },
        },
      ])
      expect(calls).toBe(0)
    }
  })

  it('with a granted customer is NOT_FOUND for the default project too', async () => {
    const { data, errors } = await ask({ prefixes: new Set(['customer-wcc']) })
    expect(data?.costAllocation).toBeNull()
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', argument: 'projectId' } }])
  })

  it('with the whole project granted shows all customers, and the fields of the bill with the scope for bills only', async () => {
    const projects = new Set([setup.catalyst.credentials.projectId])
    const costsOnly = await ask({ projects })
    expect(costsOnly.errors).toBeUndefined()
    expect(costsOnly.data?.costAllocation).toMatchObject({
      buyer: { name: null },
      customers: [{ customer: { key: 'acme' } }, {}, {}, { customer: { key: 'wcc' } }],
    })
    const both = await ask({ projects }, undefined, new Set(['costs:read', 'billing:read']))
    expect(both.data?.costAllocation).toMatchObject({ buyer: { name: 'harbour-digital.example.nz' } })
  })

  it('without the scope for costs is FORBIDDEN', async () => {
    const { errors, calls } = await ask({ projects: '*' }, undefined, new Set(['billing:read']))
    expect(errors).toMatchObject([{ path: ['costAllocation'], extensions: { code: 'FORBIDDEN' } }])
    expect(calls).toBe(0)
  })
})
