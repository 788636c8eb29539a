import { expect, it } from 'vitest'
import type { DashboardCloseQuery } from '../../../examples/dashboard/src/gql/graphql.js'
import { type Money, sumByCurrency } from '../../../examples/dashboard/src/money/money.js'

interface Step {
  readonly id: string
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
  const steps = stepsOf({ month: '2026-10', close, reconciliation: undefined })
  for (const id of ['issued', 'paid']) {
    const step = steps.find(one => one.id === id)
    expect(step?.rows.at(-1)).toMatchObject({ label: '3 more', money: { amount: '80.25' }, href: step?.action?.href })
    expect(sumByCurrency((step?.rows ?? []).map(({ money }) => money))).toEqual(step?.gap)
  }
})
