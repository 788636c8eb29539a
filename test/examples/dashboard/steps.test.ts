import { expect, it } from 'vitest'
import type { DashboardCloseQuery } from '../../../examples/dashboard/src/gql/graphql.js'
import { type Money, sumByCurrency } from '../../../examples/dashboard/src/money/money.js'

interface Step {
  readonly id: string
  readonly state: string
  readonly text: string
  readonly gap: readonly Money[]
  readonly rows: readonly { readonly label: string; readonly money: Money }[]
  readonly action?: { readonly href: string }
}

// Without its types: React's come with them, which declare a part of the browser that tests of other files miss.
const file = new URL('../../../examples/dashboard/src/pages/close/steps.ts', import.meta.url).href
const { stepsOf } = (await import(file)) as { stepsOf: (data: object) => readonly Step[] }

type Invoices = NonNullable<DashboardCloseQuery['notPaid']>

const NZD = 'NZD'

/** The first page, of two invoices, of a list of five. */
const firstPage: Invoices = {
  totalCount: 5,
  total: [{ ledger: 'REVENUE', currencyCode: NZD, net: { amount: '100.00', currencyCode: NZD } }],
  nodes: ['12.50', '7.25'].map((amount, index) => ({
    id: `threescale:invoice:${index}`,
    number: `2026-10-0000000${index}`,
    asOf: '2026-11-22T02:00:00Z',
    stale: false,
    buyer: { id: 'threescale:account:7', name: 'Tahi Telecom', nativeId: '7' },
    total: { taxBasis: 'STATED', net: { amount, currencyCode: NZD } },
  })),
}

it('a step of the close names the invoices that it does not list, and its rows add up to its gap', () => {
  const close = { notIssued: firstPage, notPaid: firstPage } as DashboardCloseQuery
  const steps = stepsOf({ month: '2026-10', close, reconciliation: undefined, systems: null })
  for (const id of ['issued', 'paid']) {
    const step = steps.find(one => one.id === id)
    expect(step?.rows.at(-1)).toMatchObject({ label: '3 more', money: { amount: '80.25' }, href: step?.action?.href })
    expect(sumByCurrency((step?.rows ?? []).map(({ money }) => money))).toEqual(step?.gap)
  }
})

const done = { notIssued: { totalCount: 0, total: [], nodes: [] }, notPaid: { totalCount: 0, total: [], nodes: [] } }

/** A customer of a reconciliation. */
function customer(name: string, facts: object) {
  const money = { amount: '10.00', currencyCode: NZD }
  return {
    customer: { id: name, key: name, name, prefix: name },
    cost: money,
    onCharged: money,
    differences: [],
    gaps: [],
    ...facts,
  }
}

it.each([
  [
    'has a cost in another currency than its invoices',
    { differences: [{ cause: 'CURRENCY', message: 'NZD and USD' }] },
    'unknown',
    'NZD and USD',
  ],
  ['has no buyer', { onCharged: null, gaps: ['NO_BUYER'] }, 'unknown', 'no 3scale buyer is registered'],
  [
    'has no claim in the month',
    { cost: null, onCharged: null, gaps: ['REGISTRY_GAP'] },
    'done',
    'Each customer was billed',
  ],
  ['has no cost in the month', { cost: null, onCharged: null, gaps: ['NO_COST'] }, 'done', 'Each customer was billed'],
])('a customer that %s leaves its step of the close as it is known', (_, facts, state, text) => {
  const reconciliation = { reconciliation: { customers: [customer('Tahi', {}), customer('Rua', facts)] } }
  const steps = stepsOf({ month: '2026-10', close: done, reconciliation, systems: null })
  const step = steps.find(({ id }) => id === 'on-charged')
  expect(step).toMatchObject({ state, text: expect.stringContaining(text) })
  if (state === 'unknown') expect(step?.text).toContain('Rua')
})

it('the on-charge step of the close is unknown while no customer is registered', () => {
  const reconciliation = { reconciliation: { customers: [] } }
  const steps = stepsOf({ month: '2026-10', close: done, reconciliation, systems: null })
  expect(steps.find(({ id }) => id === 'on-charged')).toMatchObject({ state: 'unknown' })
})

it('a gateway with one billing system has nothing to settle in the other', () => {
  const of = (system: string) =>
    stepsOf({
      month: '2026-10',
      close: { notIssued: null, notPaid: null },
      reconciliation: undefined,
      systems: [system],
    })
      .filter(({ text }) => text.includes('is not configured'))
      .map(({ id, state }) => `${id} ${state}`)
  expect(of('THREESCALE')).toEqual(['bill done', 'allocated done', 'on-charged done'])
  expect(of('CATALYST')).toEqual(['on-charged done', 'issued done', 'paid done'])
})
