import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InvoiceRecord } from '../../../src/standin/threescale/data.js'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { clock, startGateway, type TestGateway, TODAY } from '../../gateway.js'
import { FIRST_BUYER, wideTenant } from '../../wide-tenant.js'

/** Seven pages of a hundred, over 62 months of ten buyers. */
const INVOICES = 620

const STATES = ['paid', 'unpaid', 'pending', 'failed', 'cancelled'] as const

let threescale: ThreescaleStandIn
let gateway: TestGateway
let all: readonly Row[]

beforeAll(async () => {
  const tenant = wideTenant({ now: TODAY, buyers: 10, invoices: INVOICES })
  threescale = await startThreescale({ clock, data: { ...tenant, invoices: tenant.invoices.map(withDetails) } })
  const { url, accessToken } = threescale
  gateway = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
  all = (await readPages('PERIOD_DESC', 100)).rows
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await threescale.close()
})
beforeEach(() => {
  threescale.requests.length = 0
})

/** An invoice whose state, currency, dates and amount follow from its place in the list. */
function withDetails(invoice: InvoiceRecord, index: number): InvoiceRecord {
  const state = STATES[(index + Math.floor(index / 10)) % STATES.length] ?? 'paid'
  const day = (shift: number) =>
    new Date(Date.UTC(2026, 9, 1) + ((index % 90) + shift) * 86_400_000).toISOString().slice(0, 10)
  return {
    ...invoice,
    state,
    currency: index % 3 === 0 ? 'EUR' : 'NZD',
    creationType: index % 7 === 0 ? 'manual' : 'background',
    issuedOn: day(0),
    dueOn: day(14),
    ...(state === 'paid' ? { paidAt: new Date(`${day(10)}T12:00:00Z`) } : {}),
    lineItems: invoice.lineItems.map(line => ({ ...line, cost: `${(index * 37) % 1000}.25` })),
  }
}

interface Row {
  readonly nativeId: string
  readonly state: string
  readonly creationType: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly paidAt: string | null
  readonly buyer: { readonly name: string }
  readonly total: { readonly gross: { readonly amount: string; readonly currencyCode: string } }
}

interface Page {
  readonly nodes: readonly Row[]
  readonly totalCount: number
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

const FIELDS =
  'nodes { nativeId state creationType issuedOn dueOn paidAt buyer { name } total { gross { amount currencyCode } } } totalCount pageInfo { endCursor hasNextPage }'

async function list(args: string, from: TestGateway = gateway): Promise<Page> {
  const { data, errors } = await from.askText(`{ invoices(${args}) { ${FIELDS} } }`)
  expect(errors).toBeUndefined()
  return data?.invoices as Page
}

/** All invoices in that order, and the number of calls that each page took. */
async function readPages(order: string, first: number): Promise<{ rows: readonly Row[]; calls: readonly number[] }> {
  const rows: Row[] = []
  const calls: number[] = []
  for (let after = '', more = true; more; ) {
    threescale.requests.length = 0
    const { nodes, pageInfo } = await list(`first: ${first}, orderBy: ${order}${after}`)
    rows.push(...nodes)
    calls.push(threescale.requests.length)
    after = `, after: "${pageInfo.endCursor}"`
    more = pageInfo.hasNextPage
  }
  return { rows, calls }
}

function cents(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(2, '0'))
}

describe('a filter that 3scale does not have', () => {
  it.each<[string, (row: Row) => boolean]>([
    ['ledger: REVENUE, currency: "EUR"', row => row.total.gross.currencyCode === 'EUR'],
    ['states: [UNPAID, FAILED]', row => ['UNPAID', 'FAILED'].includes(row.state)],
    [
      'amount: { min: "1000", max: "1500.50" }',
      row => cents(row.total.gross.amount) >= 100000n && cents(row.total.gross.amount) <= 150050n,
    ],
    ['buyerName: "BUYER 3"', row => row.buyer.name === 'Buyer 3'],
    ['creationTypes: [MANUAL]', row => row.creationType === 'MANUAL'],
    [
      'issued: { from: "2026-11-01", to: "2026-11-05" }',
      row => row.issuedOn >= '2026-11-01' && row.issuedOn <= '2026-11-05',
    ],
    ['due: { to: "2026-10-20" }', row => row.dueOn <= '2026-10-20'],
    ['paid: { from: "2026-12-01" }', row => row.paidAt !== null && row.paidAt >= '2026-12-01'],
    ['overdue: true', row => ['UNPAID', 'PENDING', 'FAILED'].includes(row.state) && row.dueOn < '2026-11-22'],
    ['overdue: false', row => !(['UNPAID', 'PENDING', 'FAILED'].includes(row.state) && row.dueOn < '2026-11-22')],
  ])('{ %s } finds what the whole list has of it, with one call a page of the list', async (filter, matches) => {
    const expected = all.filter(matches).map(row => row.nativeId)
    expect(expected.length).toBeGreaterThan(10)

    const page = await list(`first: 100, filter: { ${filter} }`)

    expect(page.totalCount).toBe(expected.length)
    expect(page.nodes.map(row => row.nativeId)).toEqual(expected.slice(0, 100))
    expect(threescale.requests).toHaveLength(7)
  })

  it('takes one call when the months of the filter are on one page', async () => {
    await list('first: 20, filter: { from: "2026-10", currency: "EUR" }')
    expect(threescale.requests).toHaveLength(1)
  })

  it('takes no call when no invoice of 3scale can match', async () => {
    expect((await list('first: 20, filter: { ledger: COST }')).totalCount).toBe(0)
    expect(threescale.requests).toEqual([])
  })
})

describe.each(['AMOUNT', 'ISSUED', 'DUE'])('an order by %s', by => {
  const sortedBy = (row: Row) =>
    by === 'AMOUNT'
      ? String(cents(row.total.gross.amount)).padStart(20, '0')
      : by === 'ISSUED'
        ? row.issuedOn
        : row.dueOn

  it('has each invoice once over all pages, in order, and takes the pages of the list', async () => {
    const { rows: down, calls } = await readPages(`${by}_DESC`, 90)
    expect(calls).toEqual(Array(7).fill(7))
    expect(new Set(down.map(row => row.nativeId)).size).toBe(INVOICES)
    expect(down.map(sortedBy)).toEqual(down.map(sortedBy).toSorted().toReversed())
    expect((await readPages(`${by}_ASC`, 90)).rows).toEqual(down.toReversed())
  })

  it('reads nothing again for the next page while the response cache has the list', async () => {
    const { url, accessToken } = threescale
    await using cached = await startGateway({
      catalyst: null,
      threescale: { url, accessToken, deadlineMs: 30_000 },
      cache: { ttls: DEFAULT_TTLS, url: null },
    })
    const { pageInfo } = await list(`first: 20, orderBy: ${by}_DESC`, cached)
    expect(threescale.requests).toHaveLength(7)
    await list(`first: 20, orderBy: ${by}_DESC, after: "${pageInfo.endCursor}"`, cached)
    expect(threescale.requests).toHaveLength(7)
  })
})

describe('the totals of a list', () => {
  const TOTALS = 'total { ledger currencyCode net { amount } tax { amount } gross { amount currencyCode } count }'

  it('are by currency, over all pages, without cancelled invoices', async () => {
    const { data } = await gateway.askText(`{ invoices(first: 1) { ${TOTALS} } }`)
    const page = data?.invoices as { total: readonly Record<string, unknown>[] }
    const of = (currency: string) =>
      threescale.data.invoices.filter(one => one.currency === currency && one.state !== 'cancelled')
    const sum = (currency: string) =>
      of(currency).reduce((all, one) => all + one.lineItems.reduce((net, line) => net + cents(line.cost), 0n), 0n)
    expect(page.total).toMatchObject([
      { ledger: 'REVENUE', currencyCode: 'EUR', count: of('EUR').length },
      { ledger: 'REVENUE', currencyCode: 'NZD', count: of('NZD').length },
    ])
    expect(page.total.map(one => cents((one.net as { amount: string }).amount))).toEqual([sum('EUR'), sum('NZD')])
    expect(threescale.requests).toHaveLength(7)
  })

  it('are those of the filter', async () => {
    const filter = `{ buyerId: "threescale:buyer:${FIRST_BUYER}", currency: "EUR" }`
    const { data } = await gateway.askText(`{ invoices(filter: ${filter}) { totalCount ${TOTALS} } }`)
    const connection = data?.invoices as { totalCount: number; total: readonly { count: number }[] }
    expect(connection.total).toHaveLength(1)
    expect(connection.total[0]?.count).toBeLessThan(connection.totalCount)
    expect(threescale.requests).toHaveLength(1)
  })
})

describe('a list of more than ten thousand invoices', () => {
  it('is refused in an order that 3scale does not have, with what to do, and is listed by period', async () => {
    const long = wideTenant({ now: TODAY, buyers: 1_000, invoices: 10_001 })
    const server = await startThreescale({ clock, data: long })
    const { url, accessToken } = server
    await using front = await startGateway({ catalyst: null, threescale: { url, accessToken, deadlineMs: 30_000 } })
    const { errors } = await front.askText('{ invoices(orderBy: DUE_DESC) { nodes { id } } }')
    expect(errors).toMatchObject([
      { message: expect.stringContaining('more than 10000 invoices'), extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ])
    expect(errors?.[0]?.message).toContain('Narrow it by month, state, number or buyer.')
    expect((await list('first: 1', front)).totalCount).toBe(10_001)
    expect((await list('first: 1, orderBy: DUE_DESC, filter: { from: "2026-10" }', front)).totalCount).toBe(1_001)
    await server.close()
  }, 60_000)
})
