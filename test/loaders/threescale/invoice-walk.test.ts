import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../../src/domain/invoice.js'
import { type InvoiceOrder, sortInvoices } from '../../../src/domain/invoice-order.js'
import type { ReadPage } from '../../../src/loaders/threescale/fitting-page.js'
import { countInvoices, type WalkFilter, walkInvoices } from '../../../src/loaders/threescale/invoice-walk.js'
import type { ThreescaleData } from '../../../src/standin/threescale/data.js'
import { demoData } from '../../../src/standin/threescale/demo-data.js'
import { selectInvoices } from '../../../src/standin/threescale/invoice-list.js'
import { paginate } from '../../../src/standin/threescale/pagination.js'
import { UpstreamTooLargeError } from '../../../src/upstream/http/errors.js'
import { invoice, nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { type BillingStandIn, NOW, startAnswering, startBilling } from '../../upstream/threescale/billing-stand-in.js'
import { anyTenant, tenantOf } from '../../upstream/threescale/random-tenants.js'
import { rejectionOf } from '../../upstream/threescale/silence.js'

// The same tenants in every run.
fc.configureGlobal({ seed: 20261115 })

const orders = ['PERIOD_DESC', 'PERIOD_ASC'] as const
const generations = ['released', 'main'] as const

async function take(invoices: AsyncIterable<Invoice>, count = Number.POSITIVE_INFINITY): Promise<readonly Invoice[]> {
  const taken: Invoice[] = []
  for await (const one of invoices) {
    taken.push(one)
    if (taken.length >= count) break
  }
  return taken
}

function asker({ billing }: BillingStandIn): ReadPage {
  return question => billing.invoicePage(question)
}

async function walkedIds(ask: ReadPage, order: InvoiceOrder, filter: WalkFilter = {}): Promise<readonly string[]> {
  return (await take(walkInvoices(ask, filter, order))).map(({ nativeId }) => nativeId)
}

/** All ids in key order: by month, then by id. */
function expectedIds({ invoices }: ThreescaleData, order: InvoiceOrder): readonly string[] {
  const ascending = invoices
    .toSorted((left, right) =>
      left.period === right.period ? left.id - right.id : left.period < right.period ? -1 : 1,
    )
    .map(({ id }) => String(id))
  return order === 'PERIOD_ASC' ? ascending : ascending.reverse()
}

/** The server's lists without its XML and its sockets: fast enough for many tenants. */
function listing(data: ThreescaleData, generation: 'released' | 'main', most: number): ReadPage {
  return async ({ page, perPage, direction = 'asc' }) => {
    const query = new URLSearchParams({
      page: String(page),
      per_page: String(Math.min(perPage, most)),
      sort: 'period',
      direction,
    })
    const cut = paginate(selectInvoices(data.invoices, query, data, generation), query, 20)
    if (!cut) throw new Error('no such page')
    const { totalPages, currentPage, perPage: size, totalEntries, items } = cut
    const invoices = items.map(({ id, period }) => ({
      ...blank,
      nativeId: String(id),
      period: { ...blank.period, month: period },
    }))
    return { pagination: { totalPages, currentPage: Number(currentPage), perPage: size, totalEntries }, invoices }
  }
}

/** The same, but a page is too large when its invoices weigh more than `limit`. An invoice weighs 1 to 5. */
function heavyListing(data: ThreescaleData, generation: 'released' | 'main', most: number, limit: number): ReadPage {
  const list = listing(data, generation, most)
  const weightOf = ({ nativeId }: Invoice) => 1 + (Number(nativeId) % 5)
  return async question => {
    const page = await list(question)
    const weight = page.invoices.reduce((sum, one) => sum + weightOf(one), 0)
    if (weight > limit) throw new UpstreamTooLargeError(limit, { upstream: 'threescale', operation: 'GET' })
    return page
  }
}

const nothing = { digits: 0n, scale: 0, currency: 'EUR' }

const blank: Invoice = {
  kind: 'Invoice',
  source: 'THREESCALE',
  nativeId: '1',
  number: null,
  state: 'OPEN',
  rawState: 'open',
  creationType: 'MANUAL',
  period: { month: '2024-01', start: '2024-01-01', endExclusive: '2024-02-01' },
  issuedOn: null,
  dueOn: null,
  paidAt: null,
  provider: { kind: 'Provider', source: 'THREESCALE', nativeId: '4', name: 'P', address: null },
  buyer: { kind: 'Buyer', source: 'THREESCALE', nativeId: '71', name: 'B', deleted: false, address: null },
  total: { net: nothing, tax: nothing, gross: nothing, taxRate: null, taxBasis: 'STATED' },
  lineItems: [],
  hasPayments: false,
  notices: [],
  asOf: '',
  stale: false,
}

describe('walkInvoices', () => {
  it('yields every invoice of any tenant once, in key order, over real connections', async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant(450), fc.constantFrom(...generations), async (data, generation) => {
        await using server = await startBilling({ data, generation })
        for (const order of orders) expect(await walkedIds(asker(server), order)).toEqual(expectedIds(data, order))
      }),
      { numRuns: 8 },
    )
  })

  it('yields them for many tenants, whatever page size the server returns', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTenant(450),
        fc.constantFrom(...generations),
        fc.constantFrom(3, 7, 20, 50, 100),
        async (data, generation, most) => {
          const ask = listing(data, generation, most)
          for (const order of orders) expect(await walkedIds(ask, order)).toEqual(expectedIds(data, order))
          expect(await countInvoices(ask, {}, 'PERIOD_ASC')).toBe(data.invoices.length)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('yields them for many tenants when pages are too large, from any start', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTenant(450),
        fc.constantFrom(...generations),
        fc.constantFrom(7, 20, 50, 100),
        fc.integer({ min: 5, max: 300 }),
        fc.integer({ min: 0, max: 449 }),
        async (data, generation, most, limit, from) => {
          const ask = heavyListing(data, generation, most, limit)
          const start = data.invoices[from % Math.max(1, data.invoices.length)]?.period ?? null
          for (const order of orders) {
            const expected = expectedIds(data, order)
            expect(await walkedIds(ask, order)).toEqual(expected)
            const late = (await take(walkInvoices(ask, {}, order, start))).map(({ nativeId }) => nativeId)
            const month = (id: string) => data.invoices.find(one => String(one.id) === id)?.period ?? ''
            const isLater = (id: string) =>
              order === 'PERIOD_DESC' ? month(id) <= `${start}` : month(id) >= `${start}`
            expect(late.filter(isLater)).toEqual(expected.filter(isLater))
          }
          expect(await countInvoices(ask, {}, 'PERIOD_ASC')).toBe(data.invoices.length)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('fails when a single invoice is too large', async () => {
    const ask = heavyListing(few, 'released', 100, 3)
    expect(await rejectionOf(walkedIds(ask, 'PERIOD_DESC'))).toBeInstanceOf(UpstreamTooLargeError)
  })

  const falling = tenantOf([
    ...Array.from({ length: 99 }, (_, index) => ({ id: 1001 + index, period: '2024-06' })),
    { id: 1100, period: '2024-05' },
    ...Array.from({ length: 60 }, (_, index) => ({
      id: 1101 + index,
      period: index % 2 === 0 ? '2024-07' : '2023-01',
    })),
  ])

  it.each(orders)('detects an unsorted list whose months happen to descend: %s', async order => {
    await using server = await startBilling({ data: falling, generation: 'main' })
    expect(await walkedIds(asker(server), order)).toEqual(expectedIds(falling, order))
  })

  const few = tenantOf([
    { id: 5, period: '2024-01' },
    { id: 6, period: '2024-03' },
    { id: 7, period: '2024-02' },
    { id: 8, period: '2024-03' },
  ])

  it.each(generations)('orders a list of one page from %s with one call', async generation => {
    await using server = await startBilling({ data: few, generation })
    expect(await walkedIds(asker(server), 'PERIOD_DESC')).toEqual(['8', '6', '7', '5'])
    expect(await walkedIds(asker(server), 'PERIOD_ASC')).toEqual(['5', '7', '6', '8'])
    expect(server.standIn.requests).toHaveLength(2)
  })

  it.each(generations)('calls %s once for a tenant without invoices', async generation => {
    await using server = await startBilling({ data: tenantOf([]), generation })
    expect(await walkedIds(asker(server), 'PERIOD_DESC')).toEqual([])
    expect(server.standIn.requests).toHaveLength(1)
  })

  it('reads the newest twenty of a released server with one call', async () => {
    await using server = await startBilling()
    const { invoices } = demoData({ seed: 1, now: NOW })
    expect(invoices).toHaveLength(332)
    const newest = await take(walkInvoices(asker(server), {}, 'PERIOD_DESC'), 20)
    expect(newest.map(({ nativeId }) => nativeId)).toEqual(
      expectedIds({ ...nimbusMaps, invoices }, 'PERIOD_DESC').slice(0, 20),
    )
    expect(server.asked).toEqual(['/api/invoices.xml?page=1&per_page=100&sort=period&direction=desc'])
  })

  const busy = tenantOf(
    Array.from({ length: 450 }, (_, index) => ({ id: 1001 + index, period: index < 250 ? '2024-05' : '2024-06' })),
  )

  it('reads no further than a month that fills many pages', async () => {
    await using server = await startBilling({ data: busy })
    const newest = await take(walkInvoices(asker(server), {}, 'PERIOD_DESC'), 20)
    expect(newest.map(({ nativeId }) => nativeId)).toEqual(expectedIds(busy, 'PERIOD_DESC').slice(0, 20))
    expect(server.asked).toEqual([
      '/api/invoices.xml?page=1&per_page=100&sort=period&direction=desc',
      '/api/invoices.xml?page=1&per_page=1&sort=period&direction=asc',
      '/api/invoices.xml?page=2&per_page=100&sort=period&direction=desc',
      '/api/invoices.xml?page=3&per_page=100&sort=period&direction=desc',
    ])
  })

  it('reads the oldest twenty with two: one shows that the server sorts', async () => {
    await using server = await startBilling()
    const oldest = await take(walkInvoices(asker(server), {}, 'PERIOD_ASC'), 20)
    expect(oldest.map(({ nativeId }) => nativeId)).toEqual(expectedIds(server.standIn.data, 'PERIOD_ASC').slice(0, 20))
    expect(server.asked).toEqual([
      '/api/invoices.xml?page=1&per_page=100&sort=period&direction=asc',
      '/api/invoices.xml?page=1&per_page=1&sort=period&direction=desc',
    ])
  })

  it('reads all pages of a server that does not sort, and yields the right order', async () => {
    await using server = await startBilling({ generation: 'main' })
    const newest = await take(walkInvoices(asker(server), {}, 'PERIOD_DESC'), 20)
    expect(newest.map(({ nativeId }) => nativeId)).toEqual(expectedIds(server.standIn.data, 'PERIOD_DESC').slice(0, 20))
    expect(server.standIn.requests).toHaveLength(4)
  })

  it.each(generations)('uses the page size in the response of %s', async generation => {
    await using server = await startBilling({ data: falling, generation })
    const stingy: ReadPage = question => server.billing.invoicePage({ ...question, perPage: 501 })
    expect(await walkedIds(stingy, 'PERIOD_DESC')).toEqual(expectedIds(falling, 'PERIOD_DESC'))
    expect(new Set(server.asked.map(path => /page=\d+/.exec(path)?.[0])).size).toBe(8)
  })

  it.each(orders.flatMap(order => generations.map(generation => [order, generation] as const)))(
    'loses nothing and repeats nothing when invoices are created between two pages: %s on %s',
    async (order, generation) => {
      await using server = await startBilling({ generation })
      const before = expectedIds(server.standIn.data, order)
      const months = ['2027-01', '2026-11', '2026-05', '2025-10', '2020-01']
      server.beforeAnswer = request => {
        if (Number(request.query.get('page')) < 2) return undefined
        for (const period of months) {
          const id = 5000 + server.standIn.data.invoices.length
          server.standIn.addInvoice(invoice(id, { period, createdAt: NOW, buyerId: 71 }))
        }
        return undefined
      }
      const walked = await walkedIds(asker(server), order)
      expect(new Set(walked).size).toBe(walked.length)
      const known = new Set(before)
      expect(walked.filter(id => known.has(id))).toEqual(before)
      expect(server.standIn.data.invoices.length).toBeGreaterThan(before.length)
    },
  )

  it('follows a list that grows by a page while it is read', async () => {
    const two = tenantOf(
      Array.from({ length: 200 }, (_, index) => ({ id: 1001 + index, period: index < 150 ? '2024-05' : '2024-06' })),
    )
    await using server = await startBilling({ data: two })
    server.beforeAnswer = request => {
      if (request.query.get('page') === '2') {
        for (let id = 2001; id <= 2010; id++) {
          server.standIn.addInvoice(invoice(id, { period: '2024-07', createdAt: NOW, buyerId: 71 }))
        }
      }
      return undefined
    }
    expect(await walkedIds(asker(server), 'PERIOD_DESC')).toEqual(expectedIds(two, 'PERIOD_DESC'))
    expect(server.standIn.requests).toHaveLength(3)
  })

  it('keeps the order of its keys while invoices are created', async () => {
    await using server = await startBilling()
    server.beforeAnswer = () => {
      const id = 5000 + server.standIn.data.invoices.length
      server.standIn.addInvoice(invoice(id, { period: '2026-11', createdAt: NOW, buyerId: 71 }))
      return undefined
    }
    const walked = await take(walkInvoices(asker(server), {}, 'PERIOD_DESC'))
    expect(walked).toEqual(sortInvoices(walked, 'PERIOD_DESC'))
  })

  it('fails at a failed page, after the invoices of the pages before it', async () => {
    await using server = await startBilling()
    server.beforeAnswer = request => (request.query.get('page') === '2' ? { status: 503 } : undefined)
    const walk = walkInvoices(asker(server), {}, 'PERIOD_DESC')
    expect(await take(walk, 20)).toHaveLength(20)
    expect(await rejectionOf(take(walkInvoices(asker(server), {}, 'PERIOD_DESC')))).toMatchObject({ status: 503 })
  })
})

describe('the filters of a walk', () => {
  it.each<[WalkFilter, string, readonly string[]]>([
    [{ month: '2023-11' }, '/api/invoices.xml?{}&month=2023-11', ['1202', '1201']],
    [{ state: 'paid' }, '/api/invoices.xml?{}&state=paid', ['1201', '1190']],
    [{ number: '2023-1*' }, '/api/invoices.xml?{}&number=2023-1*', ['1204', '1202', '1201']],
    [{ number: '2023-11-00000002' }, '/api/invoices.xml?{}&number=2023-11-00000002', ['1202']],
    [{ buyerId: '72' }, '/api/accounts/72/invoices.xml?{}', ['1215', '1202']],
    [
      { buyerId: '71', month: '2023-11', state: 'paid', number: '*' },
      '/api/accounts/71/invoices.xml?{}&month=2023-11&state=paid&number=*',
      ['1201'],
    ],
    [{ month: '2019-01' }, '/api/invoices.xml?{}&month=2019-01', []],
  ])('%j reach the server', async (filter, path, ids) => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await walkedIds(asker(server), 'PERIOD_DESC', filter)).toEqual(ids)
    expect(await countInvoices(asker(server), filter, 'PERIOD_DESC')).toBe(ids.length)
    const asked = path.replace('{}', 'page=1&per_page=100&sort=period&direction=desc')
    expect(server.asked).toEqual([asked, asked])
  })

  it.each(generations)('find the invoices of a deleted buyer, whose own list %s no longer has', async generation => {
    await using server = await startBilling({ data: nimbusMaps, generation })
    expect(await walkedIds(asker(server), 'PERIOD_DESC', { buyerId: '66' })).toEqual(['1204'])
    expect(await countInvoices(asker(server), { buyerId: '66' }, 'PERIOD_DESC')).toBe(1)
    expect(await countInvoices(asker(server), { buyerId: '66', state: 'paid' }, 'PERIOD_ASC')).toBe(0)
  })

  it('find nothing for a buyer that never existed', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await walkedIds(asker(server), 'PERIOD_DESC', { buyerId: '4711' })).toEqual([])
    expect(server.asked.map(path => path.replace(/\?.*/, ''))).toEqual([
      '/api/accounts/4711/invoices.xml',
      '/api/invoices.xml',
    ])
  })

  it('distinguish a missing list from an empty one', async () => {
    await using server = await startAnswering({ status: 404 })
    const ask: ReadPage = question => server.billing.invoicePage(question)
    expect(await rejectionOf(walkedIds(ask, 'PERIOD_DESC', { buyerId: '71' }))).toMatchObject({
      name: 'UpstreamNotFoundError',
    })
    expect(await rejectionOf(countInvoices(ask, {}, 'PERIOD_DESC'))).toMatchObject({ name: 'UpstreamNotFoundError' })
  })
})

describe('countInvoices', () => {
  it.each(generations)('uses the totals of %s, with one call', async generation => {
    await using server = await startBilling({ generation })
    expect(await countInvoices(asker(server), {}, 'PERIOD_DESC')).toBe(332)
    expect(server.standIn.requests).toHaveLength(1)
  })
})
