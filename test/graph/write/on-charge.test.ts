import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../../src/access/full-access.js'
import type { Grants, Principal } from '../../../src/access/principal.js'
import type { Scope } from '../../../src/access/scope.js'
import { EMPTY_REGISTRY } from '../../../src/domain/customer-registry.js'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import { startTestSetup, type TestSetup } from '../../gateway.js'
import { customerOf, DEMO_CUSTOMERS } from '../economics/economics-setup.js'

let setup: TestSetup
let caller: Principal = FULL_ACCESS
let keys = 0

const REGISTRY = new CurrentRegistry({
  ...EMPTY_REGISTRY,
  customers: [
    ...DEMO_CUSTOMERS,
    customerOf('lonely', 'customer-lonely', []),
    customerOf('two', 'customer-two', ['113', '112']),
  ],
})

beforeAll(async () => {
  setup = await startTestSetup({
    server: { registry: REGISTRY, journal: ':memory:', authenticate: async () => caller },
  })
})
beforeEach(() => {
  caller = FULL_ACCESS
})
afterAll(() => setup[Symbol.asyncDispose]())

const ON_CHARGE = `mutation OnCharge($input: OnChargeInput!) {
  onCharge(input: $input) {
    invoice { state }
    plan { action marker name cost { amount currencyCode } }
    planHash
    total { amount currencyCode }
    notices { code }
    userErrors { field message code }
  }
}`

interface Payload {
  readonly invoice: unknown
  readonly plan: readonly {
    readonly action: string
    readonly name: string
    readonly cost: { readonly amount: string }
  }[]
  readonly planHash: string | null
  readonly total: unknown
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly field: string[] | null }[]
}

async function onCharge(input: object): Promise<Payload> {
  const idempotencyKey = `key-of-a-test-${String(++keys).padStart(4, '0')}`
  const { data, errors } = await setup.gateway.askText(ON_CHARGE, {
    input: { idempotencyKey, customer: { key: 'wcc' }, month: '2026-10', ...input },
  })
  expect(errors).toBeUndefined()
  return data?.onCharge as Payload
}

const requests = () => [...setup.catalyst.requests, ...setup.threescale.requests]
const writes = () => setup.threescale.requests.filter(request => !request.startsWith('GET '))
const callerWith = (scopes: readonly Scope[], grants: Partial<Grants> = {}): Principal => ({
  ...{ id: 'key:clerk', scopes: new Set(scopes) },
  grants: { ...FULL_ACCESS.grants, ...grants },
})
const CLERK: readonly Scope[] = ['billing:write', 'billing:read', 'costs:read']

describe('onCharge', () => {
  it('shows the forgotten line of July 2017 in a dry run, and writes nothing', async () => {
    const payload = await onCharge({ month: '2017-07' })
    expect(payload.total).toEqual({ amount: '81.69', currencyCode: 'NZD' })
    expect(payload.plan.filter(({ action }) => action !== 'KEEP')).toMatchObject([
      { action: 'CREATE', name: 'customer-wcc-gdc', cost: { amount: '11.43' } },
    ])
    expect([payload.userErrors, writes()]).toEqual([[], []])
  })

  it('runs the plan of a dry run, keeps it when run again, and counts the lines for their month of service', async () => {
    const terms = { markup: { percent: '20' } }
    const { planHash } = await onCharge(terms)
    const run = { ...terms, idempotencyKey: 'a-run-through-the-graph', dryRun: false, expectedPlanHash: planHash }
    const done = await onCharge(run)
    expect(done).toMatchObject({ userErrors: [], planHash, invoice: { state: 'OPEN' } })
    expect(new Set(done.plan.map(({ action }) => action))).toEqual(new Set(['CREATE']))
    expect(writes()).toHaveLength(done.plan.length)
    expect(await onCharge(run)).toMatchObject({ userErrors: [], planHash, plan: done.plan })
    const again = await onCharge(terms)
    expect(new Set(again.plan.map(({ action }) => action))).toEqual(new Set(['KEEP']))
    expect(writes()).toHaveLength(done.plan.length)
    const { data } = await setup.gateway.askText(
      `{ customer(by: { key: "wcc" }) { october: revenueOverTime(from: "2026-10", to: "2026-10") { amount { net { amount } } }
         november: revenueOverTime(from: "2026-11", to: "2026-11") { amount { net { amount } } } } }`,
    )
    const { amount } = done.total as { amount: string }
    const found = (data as { customer: Record<string, [{ amount: { net: { amount: string } } }]> }).customer
    const net = (name: string) => Number(found[name]?.[0].amount.net.amount)
    // The invoice of October and the on-charged lines on that of November, each counted once.
    const billed = setup.threescale.data.invoices.filter(
      ({ buyerId, state }) => buyerId === 101 && state !== 'cancelled',
    )
    const sumOf = (month: string) =>
      billed
        .filter(({ period }) => period === month)
        .flatMap(({ lineItems }) => lineItems)
        .reduce((sum, { cost }) => sum + Number(cost), 0)
    expect(net('october')).toBeCloseTo(sumOf('2026-10') + Number(amount), 2)
    expect(net('november')).toBeCloseTo(sumOf('2026-11') - Number(amount), 2)
  })

  it.each<[string, object, string, string | null]>([
    ['an unknown customer', { customer: { key: 'nobody' } }, 'NOT_REGISTERED', 'customer'],
    ['a prefix that is not registered', { customer: { prefix: 'customer-x' } }, 'NOT_REGISTERED', 'customer'],
    ['the running month', { month: '2026-11' }, 'CONFLICT', 'month'],
    ['a wrong month', { month: '2026-13' }, 'BAD_USER_INPUT', 'month'],
    ['a short key', { idempotencyKey: 'short' }, 'BAD_USER_INPUT', 'idempotencyKey'],
    ['a run without the hash of a plan', { dryRun: false }, 'PLAN_REQUIRED', 'expectedPlanHash'],
    ['two markups', { markup: { percent: '20', fixed: '1' } }, 'BAD_USER_INPUT', 'markup'],
    ['a markup that takes everything off', { markup: { percent: '-100' } }, 'BAD_USER_INPUT', 'markup'],
    ['a rate of zero', { exchangeRate: '0.0' }, 'BAD_USER_INPUT', 'exchangeRate'],
    ['a customer without a buyer', { customer: { key: 'lonely' } }, 'NOT_FOUND', 'customer'],
    ['a customer with several buyers', { customer: { key: 'two' } }, 'BAD_USER_INPUT', 'customer'],
  ])('refuses %s before any upstream call', async (_what, input, code, field) => {
    const { length } = requests()
    const payload = await onCharge(input)
    expect(payload).toMatchObject({ plan: [], planHash: null, userErrors: [{ code, field: field && [field] }] })
    expect(requests()).toHaveLength(length)
  })

  it.each<[string, object, string]>([
    ['a month without a bill', { month: '2005-01' }, 'CONFLICT'],
    ['a rate between equal currencies', { exchangeRate: '0.5' }, 'CURRENCY_MISMATCH'],
    ['a plan that has changed', { dryRun: false, expectedPlanHash: 'f'.repeat(64) }, 'PLAN_CHANGED'],
    ['an invoice before the month', { invoiceMonth: '2026-09' }, 'BAD_USER_INPUT'],
  ])('refuses %s without a write', async (_what, input, code) => {
    const { length } = writes()
    expect((await onCharge(input)).userErrors).toMatchObject([{ code }])
    expect(writes()).toHaveLength(length)
  })

  it('is not for a caller without the scope, and hides customers of others', async () => {
    const { length } = requests()
    const input = { idempotencyKey: 'a-key-of-a-reader', customer: { key: 'wcc' }, month: '2026-10' }
    caller = callerWith(['billing:read', 'costs:read'])
    expect((await setup.gateway.askText(ON_CHARGE, { input })).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    caller = callerWith(CLERK, { prefixes: new Set(['customer-acme']), projects: new Set(), buyers: new Set(['102']) })
    expect((await onCharge({})).userErrors).toMatchObject([{ code: 'NOT_REGISTERED' }])
    expect((await onCharge({ customer: { key: 'nobody' } })).userErrors).toMatchObject([{ code: 'NOT_REGISTERED' }])
    caller = callerWith(CLERK, { buyers: new Set(['102']) })
    expect((await onCharge({})).userErrors).toMatchObject([{ code: 'NOT_FOUND' }])
    expect(requests()).toHaveLength(length)
  })
})
