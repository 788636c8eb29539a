import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import { formatDecimal } from '../../../src/domain/decimal.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import { addMonths, type YearMonth } from '../../../src/domain/period.js'
import type { Driver, ErpDocument, Usage } from '../../../src/standin/catalyst/data.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import {
  UpstreamDeniedError,
  type UpstreamError,
  UpstreamFormatError,
  UpstreamStatusError,
  UpstreamUnreachableError,
} from '../../../src/upstream/http/errors.js'
import { rate, smallData } from '../../standin/catalyst/upstream.js'
import { clock, openBilling, printTotal, settingsForStandIn } from './open-client.js'
import { type Instead, jsonAnswer, logRating } from './rating-log.js'
import { failureOf } from './seen-of-error.js'

const DRIVERS: readonly Driver[] = ['odoo', 'jsonfile']
const PRODUCTS = ['nz-por-1 /v2/products']

/** September 2025 to October 2026: all the closed months of the demo. */
const CLOSED = Array.from({ length: 14 }, (_, index) => addMonths('2025-09', index))

function asked(region: string, start: string, end: string, detailed: boolean, seconds = '01'): string {
  const until = detailed ? `${end}T00:00:${seconds}` : end
  return `${region} /v2/invoices?start=${start}&end=${until}&detailed=${detailed ? 'True' : 'False'}`
}

function inBoth(start: string, end: string, detailed: boolean): readonly string[] {
  return ['nz-por-1', 'nz-hlz-1'].map(region => asked(region, start, end, detailed))
}

function project({ credentials }: CatalystStandIn): string {
  return credentials.projectId
}

/** Month → cents without tax and number of lines, added up from the servers' responses. */
async function ownSums(catalyst: CatalystStandIn, regions: readonly string[]) {
  const sums = new Map<YearMonth, { cents: number; lines: number }>()
  for (const region of regions) {
    const answer = await rate(catalyst, '/v2/invoices?start=2025-09-01&end=2026-11-01&detailed=True', { region })
    const { invoices } = (await answer.json()) as {
      invoices: Record<
        string,
        { total_cost: number; details: Record<string, { breakdown: Record<string, unknown[]> }> }
      >
    }
    for (const [date, { total_cost, details }] of Object.entries(invoices)) {
      const lines = Object.values(details).flatMap(({ breakdown }) => Object.values(breakdown).flat()).length
      const { cents, lines: before } = sums.get(date.slice(0, 7)) ?? { cents: 0, lines: 0 }
      sums.set(date.slice(0, 7), { cents: cents + Math.round(total_cost * 100), lines: before + lines })
    }
  }
  return sums
}

function sumOf(bills: readonly Invoice[]) {
  return {
    cents: bills.reduce((sum, bill) => sum + Math.round(Number(formatDecimal(bill.total.net)) * 100), 0),
    lines: bills.reduce((sum, bill) => sum + (bill.lineItems?.length ?? 0), 0),
  }
}

function datesOf(months: ReadonlyMap<YearMonth, readonly Invoice[]>): readonly (string | null)[] {
  return [...months.values()].flatMap(bills => bills.map(bill => bill.issuedOn))
}

function erpDocument(billDate: string, cost: number, status = 'paid'): ErpDocument {
  const line = { category: 'Compute', product: 'NZ-POR-1.c1.c1r1', resourceName: 'a', quantity: 1, unit: 'hour' }
  return { billDate, status, lines: [{ ...line, rate: cost }] }
}

function usage(region: string, month: YearMonth, service = 'c1.c1r1'): Usage {
  const [start, end] = [new Date(`${month}-02T00:00:00Z`), new Date(`${month}-03T00:00:00Z`)]
  const resource = { resourceId: `id-${region}`, resourceName: `in-${region}`, resourceType: 'Virtual Machine' }
  return { region, projectId: 'p1', ...resource, service, volume: 10, unit: 'hour', start, end }
}

const PRICE = { name: 'c1.c1r1', category: 'compute', unit: 'hour', rate: 1, description: 'one' }
const PRICES = { 'nz-por-1': [PRICE], 'nz-hlz-1': [PRICE] }

describe('months of a project', () => {
  it('are read in one call from an ERP server, which has all regions, and reveal the driver themselves', async () => {
    await using catalyst = await startCatalyst({ clock, driver: 'odoo' })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const log = logRating(catalyst)

    const months = await opened.billing.invoicesByMonth({
      projectId: project(catalyst),
      months: CLOSED,
      detailed: true,
    })

    expect(log).toEqual([asked('nz-por-1', '2025-09-01', '2026-11-01', true)])
    expect([...months.keys()]).toEqual(CLOSED)
    expect(await ownSums(catalyst, ['nz-hlz-1'])).toEqual(
      new Map([...months].map(([month, bills]) => [month, sumOf(bills)])),
    )
    const regions = new Set(
      [...months.values()].flat().flatMap(bill => bill.lineItems?.map(line => line.resource?.region)),
    )
    expect(regions).toEqual(new Set(['nz-por-1', 'nz-hlz-1', null]))
    expect(catalyst.keystone.requests).toHaveLength(1 + 1)
  })

  it('are read in one call a region, and added up, when they are computed from usage', async () => {
    await using catalyst = await startCatalyst({ clock, driver: 'jsonfile' })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const log = logRating(catalyst)

    const months = await opened.billing.invoicesByMonth({
      projectId: project(catalyst),
      months: CLOSED,
      detailed: true,
    })

    expect(log).toEqual(inBoth('2025-09-01', '2026-11-01', true))
    expect([...months.values()].map(bills => bills.length)).toEqual(CLOSED.map(() => 1))
    expect(new Map([...months].map(([month, bills]) => [month, sumOf(bills)]))).toEqual(
      new Map([...(await ownSums(catalyst, ['nz-por-1', 'nz-hlz-1']))].sort()),
    )
    expect([...months.values()].flat().flatMap(bill => bill.notices)).toEqual([])
  })

  it.each(DRIVERS)('without lines have the same totals as with them (%s)', async driver => {
    await using catalyst = await startCatalyst({ clock, driver })
    const question = { projectId: project(catalyst), months: CLOSED }
    await using opened = openBilling(settingsForStandIn(catalyst))
    const plain = await opened.billing.invoicesByMonth({ ...question, detailed: false })
    const detailed = await opened.billing.invoicesByMonth({ ...question, detailed: true })
    const totals = (months: typeof plain) =>
      [...months.values()].flat().map(bill => `${bill.issuedOn} ${printTotal(bill.total)}`)
    expect(totals(plain)).toEqual(totals(detailed))
    expect([...plain.values()].flat().some(bill => bill.lineItems !== null)).toBe(false)
  })

  it('have every document, also a credit note of the middle of the month', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const months = await opened.billing.invoicesByMonth({
      projectId: project(catalyst),
      months: ['2026-06'],
      detailed: true,
    })
    expect(datesOf(months)).toEqual(['2026-06-16', '2026-06-30'])
    expect(months.get('2026-06')?.[0]?.total.net.digits).toBeLessThan(0n)
  })
})

describe('the driver', () => {
  it.each([
    ['odoo', [asked('nz-por-1', '2026-10-01', '2026-11-01', false)]],
    ['jsonfile', inBoth('2026-10-01', '2026-11-01', false)],
  ] as const)('%s is recognised by the price list before a summary, once', async (driver, calls) => {
    await using catalyst = await startCatalyst({ clock, driver })
    await using opened = openBilling(settingsForStandIn(catalyst), { store: new Keyv({ store: new Map() }) })
    const question = { projectId: project(catalyst), detailed: false }
    const log = logRating(catalyst)

    await opened.billing.invoicesByMonth({ ...question, months: ['2026-10'] })
    expect(log).toEqual([...PRODUCTS, ...calls])
    log.length = 0
    await opened.billing.invoicesByMonth({ ...question, months: ['2026-11', '2026-10'] })
    expect(log.filter(line => line.includes('products'))).toEqual([])
  })

  it.each([
    ['odoo', [asked('nz-por-1', '2026-10-01', '2026-11-01', false)]],
    ['jsonfile', inBoth('2026-10-01', '2026-11-01', false)],
  ] as const)('%s is not looked up when it is configured', async (driver, calls) => {
    await using catalyst = await startCatalyst({ clock, driver })
    await using opened = openBilling(settingsForStandIn(catalyst, { driver }))
    const log = logRating(catalyst)
    await opened.billing.invoicesByMonth({ projectId: project(catalyst), months: ['2026-10'], detailed: false })
    expect(log).toEqual(calls)
  })

  it.each(DRIVERS)('%s does not matter when there is one region', async driver => {
    await using catalyst = await startCatalyst({ clock, driver })
    await using opened = openBilling(settingsForStandIn(catalyst, { regions: ['nz-hlz-1'] }))
    const log = logRating(catalyst)
    await opened.billing.invoicesByMonth({ projectId: project(catalyst), months: ['2026-10'], detailed: false })
    expect(log).toEqual([asked('nz-hlz-1', '2026-10-01', '2026-11-01', false)])
  })

  const outOfOrder: readonly (readonly [string, Instead])[] = [
    ['a 500', () => jsonAnswer({ error_code: 500, error_message: "'nz-hlz-1'" }, 500)],
    ['a 404', () => jsonAnswer({ error_code: 404, error_message: 'Region name(s) not found' }, 404)],
    ['an HTML page', () => ({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>' })],
    ['no JSON', () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body: '{' })],
    [
      'rates that are no numbers',
      () => jsonAnswer({ products: { a: { b: [{ name: 'c', rate: 'dear', unit: 'hour', description: '' }] } } }),
    ],
    ['nothing priced', () => jsonAnswer({ products: {} })],
  ]
  it.each(DRIVERS.flatMap(driver => outOfOrder.map(([name, instead]) => [driver, name, instead] as const)))(
    '%s is recognised by lines when the price list is useless: %s',
    async (driver, _, instead) => {
      await using catalyst = await startCatalyst({ clock, driver })
      const question = { projectId: project(catalyst), months: ['2026-10'], detailed: false }
      await using told = openBilling(settingsForStandIn(catalyst, { driver }))
      const right = await told.billing.invoicesByMonth(question)
      await using opened = openBilling(settingsForStandIn(catalyst))
      const log = logRating(catalyst, (region, request) =>
        request.path === '/v2/products' ? instead(region, request) : undefined,
      )

      const months = await opened.billing.invoicesByMonth(question)

      const others = driver === 'odoo' ? [] : [asked('nz-hlz-1', '2026-10-01', '2026-11-01', false)]
      expect(log).toEqual([...PRODUCTS, asked('nz-por-1', '2026-10-01', '2026-11-01', true), ...others])
      const totals = (bills: readonly Invoice[] = []) => bills.map(bill => printTotal(bill.total))
      expect(totals(months.get('2026-10'))).toEqual(totals(right.get('2026-10')))
    },
  )

  it('is not guessed when the price list cannot be reached', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst))
    logRating(catalyst, (_, { path }) => (path === '/v2/products' ? 'reset' : undefined))
    const question = { projectId: project(catalyst), months: ['2026-10'], detailed: false }
    expect(await failureOf(opened.billing.invoicesByMonth(question))).toBeInstanceOf(UpstreamUnreachableError)
  })

  it('is recognised by the price list when there are no lines', async () => {
    const data = smallData({ prices: PRICES, usage: [usage('nz-hlz-1', '2026-10')] })
    await using catalyst = await startCatalyst({ clock, driver: 'jsonfile', data })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const log = logRating(catalyst)
    const months = await opened.billing.invoicesByMonth({ projectId: 'p1', months: ['2026-10'], detailed: true })
    expect(log).toEqual([
      asked('nz-por-1', '2026-10-01', '2026-11-01', true),
      ...PRODUCTS,
      asked('nz-hlz-1', '2026-10-01', '2026-11-01', true),
    ])
    expect(months.get('2026-10')?.map(bill => printTotal(bill.total))).toEqual(['10.0 / 11.5'])
  })
})

describe('documents out of the range', () => {
  it('are left out: the ERP includes the last day', async () => {
    const documents = { p1: ['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01'].map(date => erpDocument(date, 1)) }
    await using catalyst = await startCatalyst({ clock, data: smallData({ documents }) })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const months = await opened.billing.invoicesByMonth({ projectId: 'p1', months: ['2026-10'], detailed: true })
    expect(datesOf(months)).toEqual(['2026-10-01', '2026-10-31'])
  })

  it('are left out: the server adds the month before the running one', async () => {
    await using catalyst = await startCatalyst({ clock, driver: 'jsonfile' })
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'jsonfile' }))
    const log = logRating(catalyst)
    const months = await opened.billing.invoicesByMonth({
      projectId: project(catalyst),
      months: ['2026-11'],
      detailed: false,
    })
    expect(months).toEqual(new Map([['2026-11', []]]))
    expect(log).toEqual(inBoth('2026-11-01', '2026-12-01', false))
  })

  it('leave a month between two others empty', async () => {
    const documents = { p1: [erpDocument('2026-07-31', 1), erpDocument('2026-09-30', 2)] }
    await using catalyst = await startCatalyst({ clock, data: smallData({ documents }) })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const question = { projectId: 'p1', months: ['2026-09', '2026-08', '2026-07', '2026-08'], detailed: true }
    const months = await opened.billing.invoicesByMonth(question)
    expect([...months].map(([month, bills]) => [month, bills.length])).toEqual([
      ['2026-09', 1],
      ['2026-08', 0],
      ['2026-07', 1],
    ])
  })
})

describe('the requested range', () => {
  const data = smallData({ documents: { p1: [erpDocument('2026-10-31', 1, 'not_paid')] } })

  it.each<[string, readonly YearMonth[], readonly (readonly [string, string])[]]>([
    ['one month', ['2026-10'], [['2026-10-01', '2026-11-01']]],
    ['from the first to the last', ['2026-10', '2025-12', '2026-03'], [['2025-12-01', '2026-11-01']]],
    ['over the end of a year', ['2025-12'], [['2025-12-01', '2026-01-01']]],
    ['120 months', ['2016-12', '2026-11'], [['2016-12-01', '2026-12-01']]],
    [
      '121 months, in two parts',
      ['2016-11', '2026-11'],
      [
        ['2016-11-01', '2016-12-01'],
        ['2026-11-01', '2026-12-01'],
      ],
    ],
    [
      'the ends of thirty years, without the part between',
      ['1997-01', '2026-10'],
      [
        ['1997-01-01', '1997-02-01'],
        ['2026-10-01', '2026-11-01'],
      ],
    ],
    ['begun months only', ['2026-10', '2026-12', '2031-01'], [['2026-10-01', '2026-11-01']]],
    ['none, when no month has begun', ['2026-12', '2027-01'], []],
    ['none, without months', [], []],
  ])('is %s', async (_, months, ranges) => {
    await using catalyst = await startCatalyst({ clock, data })
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }))
    const log = logRating(catalyst)

    const read = await opened.billing.invoicesByMonth({ projectId: 'p1', months, detailed: true })

    expect(log).toEqual(ranges.map(([start, end]) => asked('nz-por-1', start, end, true)))
    expect([...read.keys()]).toEqual(months)
  })

  it.each<[string, Driver, YearMonth | null, YearMonth | null, readonly (readonly [string, string])[]]>([
    ['ten years of an ERP', 'odoo', null, null, [['2016-12-01', '2026-12-01']]],
    ['two years when each month is computed', 'jsonfile', null, null, [['2024-12-01', '2026-12-01']]],
    ['the one between both bounds', 'odoo', '2026-02', '2026-04', [['2026-02-01', '2026-05-01']]],
    ['without the future', 'odoo', '2026-10', '2030-01', [['2026-10-01', '2026-12-01']]],
    ['none, when it is all in the future', 'odoo', '2026-12', null, []],
    ['none, when it ends before it begins', 'odoo', '2026-10', '2026-09', []],
    [
      'in parts of 120 months, all of them',
      'odoo',
      '2005-01',
      '2026-10',
      [
        ['2005-01-01', '2015-01-01'],
        ['2015-01-01', '2025-01-01'],
        ['2025-01-01', '2026-11-01'],
      ],
    ],
  ])('for a list of all invoices is %s', async (_, driver, from, to, ranges) => {
    await using catalyst = await startCatalyst({ clock, driver, data: { ...data, prices: PRICES } })
    await using opened = openBilling(settingsForStandIn(catalyst, { driver, regions: ['nz-por-1'] }))
    const log = logRating(catalyst)
    await opened.billing.index('p1', await opened.billing.monthsBetween(from, to))
    expect(log).toEqual(ranges.map(([start, end]) => asked('nz-por-1', start, end, false)))
  })

  it.each(DRIVERS)('has invoices oldest first, whatever the order sent (%s)', async driver => {
    await using catalyst = await startCatalyst({ clock, driver })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const months = await opened.billing.monthsBetween('2025-09', '2026-10')
    const bills = await opened.billing.index(project(catalyst), months)
    const dates = bills.map(bill => bill.issuedOn)
    expect(dates).toEqual([...dates].sort())
    expect(dates.length).toBeGreaterThanOrEqual(14)
  })
})

describe('cached months', () => {
  it('are not fetched again when they are closed and paid', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const question = { projectId: project(catalyst), months: [...CLOSED, '2026-11'], detailed: true }
    const first = await opened.billing.invoicesByMonth(question)
    const log = logRating(catalyst)

    const second = await opened.billing.invoicesByMonth(question)

    // August is in payment, September and October are not paid, November has not ended.
    expect(log).toEqual([asked('nz-por-1', '2026-08-01', '2026-12-01', true)])
    expect(second).toEqual(first)
    log.length = 0
    await opened.billing.invoicesByMonth({ ...question, months: CLOSED.slice(0, 11) })
    expect(log).toEqual([])
  })

  it('are fetched again while they are open', async () => {
    const documents = {
      p1: [
        erpDocument('2026-10-31', 1, 'paid'),
        erpDocument('2026-10-15', 1, 'not_paid'),
        erpDocument('2026-11-10', 1, 'paid'),
      ],
    }
    await using catalyst = await startCatalyst({ clock, data: smallData({ documents }) })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const log = logRating(catalyst)
    for (const month of ['2026-10', '2026-10', '2026-11', '2026-11', '2026-09', '2026-09']) {
      await opened.billing.invoicesByMonth({ projectId: 'p1', months: [month], detailed: true })
    }
    expect(log).toHaveLength(6)
  })

  it('are all fetched again where nothing is cached', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst), { ttls: null })
    const request = { projectId: project(catalyst), months: CLOSED, detailed: true }
    await opened.billing.invoicesByMonth(request)
    const log = logRating(catalyst)
    await opened.billing.invoicesByMonth(request)
    expect(log).toEqual([asked('nz-por-1', '2025-09-01', '2026-11-01', true)])
  })

  it('are one entry each in the shared store, and the range that they came in is none', async () => {
    const keys: string[] = []
    const store = new Keyv<string>()
    store.on('error', () => {})
    const set = store.set.bind(store)
    store.set = async (key, ...rest) => {
      keys.push(String(key).split(':')[1] ?? '')
      return set(key, ...rest)
    }
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst), { store, ttls: DEFAULT_TTLS })
    await opened.billing.invoicesByMonth({ projectId: project(catalyst), months: CLOSED, detailed: true })
    await expect.poll(() => keys).toEqual(CLOSED.map(() => 'catalyst-bills'))
  })

  it('are served stale while the servers are down, and refreshed when they are back', async () => {
    let now = clock()
    await using catalyst = await startCatalyst({ clock })
    const settings = settingsForStandIn(catalyst, { driver: 'odoo' })
    await using opened = openBilling(settings, { clock: () => now, ttls: DEFAULT_TTLS })
    const request = { projectId: project(catalyst), months: ['2026-05', '2026-10'], detailed: true }
    const read = async () => {
      const months = await opened.billing.invoicesByMonth(request)
      return [...months.values()].flat().map(({ issuedOn, asOf, stale }) => ({ issuedOn, asOf, stale }))
    }
    const before = await read()
    logRating(catalyst, () => jsonAnswer({ error_code: 500, error_message: 'x' }, 500))
    now = new Date(now.getTime() + DEFAULT_TTLS['catalyst-bills'].staleWhileRevalidateMs)

    // May is closed and paid, and stays fresh for hours.
    const [may, october] = await read()
    expect(may).toEqual(before[0])
    expect(october).toEqual({ ...before[1], stale: true })

    logRating(catalyst)
    now = new Date(now.getTime() + 60_000)
    expect((await read())[1]).toMatchObject({ asOf: now.toISOString(), stale: false })
  })

  it('are shared with another gateway by the store, to the last digit', async () => {
    const store = new Keyv<string>()
    await using catalyst = await startCatalyst({ clock })
    const question = { projectId: project(catalyst), months: CLOSED.slice(0, 11), detailed: true }
    await using one = openBilling(settingsForStandIn(catalyst), { store })
    const read = await one.billing.invoicesByMonth(question)
    await using other = openBilling(settingsForStandIn(catalyst), { store })
    const log = logRating(catalyst)

    expect(await other.billing.invoicesByMonth(question)).toEqual(read)
    expect(log).toEqual([])
  })

  it('with lines serve as summaries', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const question = { projectId: project(catalyst), months: ['2026-05'] }
    const detailed = await opened.billing.invoicesByMonth({ ...question, detailed: true })
    const log = logRating(catalyst)
    expect(await opened.billing.invoicesByMonth({ ...question, detailed: false })).toEqual(detailed)
    expect(log).toEqual([])
  })

  it('without lines do not serve as detailed ones', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }))
    const question = { projectId: project(catalyst), months: ['2026-05'] }
    await opened.billing.invoicesByMonth({ ...question, detailed: false })
    const log = logRating(catalyst)
    const months = await opened.billing.invoicesByMonth({ ...question, detailed: true })
    expect(log).toEqual([asked('nz-por-1', '2026-05-01', '2026-06-01', true)])
    expect(months.get('2026-05')?.[0]?.lineItems?.length).toBeGreaterThan(0)
    log.length = 0
    await opened.billing.invoicesByMonth({ ...question, detailed: false })
    expect(log).toEqual([])
  })

  it('belong to their project', async () => {
    const base = smallData({ documents: { p1: [erpDocument('2026-05-31', 1)], p2: [erpDocument('2026-05-31', 2)] } })
    const users = base.users.map(user => ({ ...user, roles: { p1: ['admin'] } }))
    const projects = ['p1', 'p2'].flatMap(id => smallData({}, { id, name: id }).projects)
    const data = { ...base, users, projects }
    await using catalyst = await startCatalyst({ clock, data })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const log = logRating(catalyst)
    const totals = await Promise.all(
      ['p1', 'p2'].map(async projectId => {
        const months = await opened.billing.invoicesByMonth({ projectId, months: ['2026-05'], detailed: true })
        return months.get('2026-05')?.map(bill => `${bill.buyer.nativeId} ${printTotal(bill.total)}`)
      }),
    )
    expect(totals).toEqual([['p1 1.0 / 1.15'], ['p2 2.0 / 2.3']])
    expect(log.map(line => line.includes('project_id=p2'))).toEqual([false, true])
  })
})

describe('a server whose cache confuses summaries and details', () => {
  const spoil = async (catalyst: CatalystStandIn, end: string) => {
    await rate(catalyst, `/v2/invoices?start=2026-05-01&end=${end}&detailed=False`)
  }

  it('does not confuse the requests of one gateway', async () => {
    await using catalyst = await startCatalyst({ clock, cacheDetailedMixUp: true })
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }))
    const question = { projectId: project(catalyst), months: ['2026-10'] }
    const log = logRating(catalyst)
    const plain = await opened.billing.invoicesByMonth({ ...question, detailed: false })
    const detailed = await opened.billing.invoicesByMonth({ ...question, detailed: true })
    expect(plain.get('2026-10')?.[0]?.lineItems).toBeNull()
    expect(detailed.get('2026-10')?.[0]?.lineItems?.length).toBeGreaterThan(0)
    expect(log).toHaveLength(2)
  })

  it('is called once more, past its cache, when another client has filled it', async () => {
    await using catalyst = await startCatalyst({ clock, cacheDetailedMixUp: true })
    await spoil(catalyst, '2026-06-01T00:00:01')
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }))
    const log = logRating(catalyst)
    const question = { projectId: project(catalyst), months: ['2026-05'], detailed: true }
    const months = await opened.billing.invoicesByMonth(question)
    expect(log).toEqual(['01', '02'].map(second => asked('nz-por-1', '2026-05-01', '2026-06-01', true, second)))
    expect(months.get('2026-05')?.[0]?.lineItems?.length).toBeGreaterThan(0)
  })

  it('is not called a third time, and its summary is not cached as a detailed month', async () => {
    await using catalyst = await startCatalyst({ clock, cacheDetailedMixUp: true })
    await spoil(catalyst, '2026-06-01T00:00:01')
    await spoil(catalyst, '2026-06-01T00:00:02')
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }))
    const log = logRating(catalyst)
    const question = { projectId: project(catalyst), months: ['2026-05'], detailed: true }
    const months = await opened.billing.invoicesByMonth(question)
    expect(months.get('2026-05')?.[0]?.lineItems).toBeNull()
    expect(log).toHaveLength(2)
    await opened.billing.invoicesByMonth(question)
    expect(log).toHaveLength(4)
  })
})

describe('a project that a region has not collected', () => {
  const collectedIn = (...regions: readonly string[]) => {
    const data = smallData({
      documents: { p1: [erpDocument('2026-10-31', 7)] },
      usage: [usage('nz-por-1', '2026-10'), usage('nz-hlz-1', '2026-10')],
      prices: PRICES,
    })
    return { ...data, projects: data.projects.map(one => ({ ...one, collectedIn: regions })) }
  }

  it.each(DRIVERS.flatMap(driver => [true, false].map(detailed => [driver, detailed] as const)))(
    'has no invoices when no region has (%s, detailed: %s)',
    async (driver, detailed) => {
      await using catalyst = await startCatalyst({ clock, driver, data: collectedIn() })
      await using opened = openBilling(settingsForStandIn(catalyst))
      const months = await opened.billing.invoicesByMonth({ projectId: 'p1', months: ['2026-10'], detailed })
      expect(months).toEqual(new Map([['2026-10', []]]))
      expect(await opened.billing.index('p1', await opened.billing.monthsBetween('2026-01', null))).toEqual([])
    },
  )

  it.each(
    DRIVERS.flatMap(driver =>
      [true, false].flatMap(detailed =>
        [null, driver].flatMap(configured =>
          ['nz-por-1', 'nz-hlz-1'].map(region => [driver, detailed, configured, region] as const),
        ),
      ),
    ),
  )(
    'has the invoices of the other region (%s, detailed: %s, configured: %s, in %s)',
    async (driver, detailed, configured, region) => {
      await using catalyst = await startCatalyst({ clock, driver, data: collectedIn(region) })
      await using opened = openBilling(settingsForStandIn(catalyst, { driver: configured }))
      const months = await opened.billing.invoicesByMonth({ projectId: 'p1', months: ['2026-10'], detailed })
      const total = driver === 'odoo' ? '7.0 / 8.05' : '10.0 / 11.5'
      expect(months.get('2026-10')?.map(bill => printTotal(bill.total))).toEqual([total])
    },
  )
})

describe('a range that cannot be read', () => {
  it('fails for usage without a price, which is no missing project', async () => {
    const data = smallData({ prices: PRICES, usage: [usage('nz-hlz-1', '2026-10', 'x9.flux')] })
    await using catalyst = await startCatalyst({ clock, driver: 'jsonfile', data })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const failure = await failureOf(
      opened.billing.invoicesByMonth({ projectId: 'p1', months: ['2026-10'], detailed: true }),
    )
    expect(failure).toBeInstanceOf(UpstreamStatusError)
    expect(failure).toMatchObject({ status: 404, retryable: false })
    expect(failure.message).not.toContain('flux')
  })

  it.each<[string, Instead, new (...args: never[]) => UpstreamError]>([
    ['one region is down: a sum without it would be wrong', () => 'reset', UpstreamUnreachableError],
    ['one region refuses', () => jsonAnswer({ error_code: 403, error_message: 'no' }, 403), UpstreamDeniedError],
    ['one region is broken', () => jsonAnswer({ error_code: 500, error_message: 'no' }, 500), UpstreamStatusError],
    ['one region sends an invalid response', () => jsonAnswer({}), UpstreamFormatError],
  ])('fails when %s', async (_, instead, kind) => {
    await using catalyst = await startCatalyst({ clock, driver: 'jsonfile' })
    await using opened = openBilling(settingsForStandIn(catalyst))
    logRating(catalyst, (region, request) => (region === 'nz-hlz-1' ? instead(region, request) : undefined))
    const question = { projectId: project(catalyst), months: ['2026-10'], detailed: true }
    expect(await failureOf(opened.billing.invoicesByMonth(question))).toBeInstanceOf(kind)
  })

  it('fails when the response is about another project, and caches nothing of it', async () => {
    await using catalyst = await startCatalyst({ clock })
    await using opened = openBilling(settingsForStandIn(catalyst))
    const bill = { total_cost: 1, total_cost_taxed: 1.15, status: 'paid', details: {} }
    logRating(catalyst, () =>
      jsonAnswer({ project_id: 'other', project_name: 'other', invoices: { '2026-05-31': bill } }),
    )
    const question = { projectId: project(catalyst), months: ['2026-05'], detailed: true }
    const failure = await failureOf(opened.billing.invoicesByMonth(question))
    expect(failure).toBeInstanceOf(UpstreamFormatError)
    expect(failure.message).toContain('another project')

    const log = logRating(catalyst)
    expect((await opened.billing.invoicesByMonth(question)).get('2026-05')).toHaveLength(1)
    expect(log).toHaveLength(1)
  })
})
