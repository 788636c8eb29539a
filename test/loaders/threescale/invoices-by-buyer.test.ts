import { describe, expect, it } from 'vitest'
import { invoiceKey } from '../../../src/domain/invoice-order.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { startAnswering, startBilling } from '../../upstream/threescale/billing-stand-in.js'
import { tenantOf } from '../../upstream/threescale/random-tenants.js'
import { freshRequest, loadMany } from './tenant-loaders.js'

const generations = ['released', 'main'] as const

/** 250 invoices of three buyers: three pages together, one page each. */
const busy = tenantOf(
  Array.from({ length: 250 }, (_, index) => ({
    id: 1001 + index,
    period: `2024-${String(1 + (index % 12)).padStart(2, '0')}`,
    buyerId: 71 + (index % 3),
  })),
)

function pathsOf(asked: readonly string[]): readonly string[] {
  return asked.map(path => path.replace(/\?.*/, ''))
}

function expectedOf(data: typeof nimbusMaps, buyer: string): readonly string[] {
  return data.invoices
    .filter(({ buyerId }) => String(buyerId) === buyer)
    .toSorted((left, right) =>
      left.period === right.period ? right.id - left.id : left.period < right.period ? 1 : -1,
    )
    .map(({ id }) => String(id))
}

describe.each(generations)('the invoices of buyers on %s', generation => {
  it('of one buyer are its own list', async () => {
    await using server = await startBilling({ data: busy, generation })
    const invoices = await freshRequest(server.billing).threescale.byBuyer.load('72')
    expect(invoices.map(({ nativeId }) => nativeId)).toEqual(expectedOf(busy, '72'))
    const keys = invoices.map(one => invoiceKey(one, 'PERIOD_DESC'))
    expect(keys).toEqual(keys.toSorted().reverse())
    expect(pathsOf(server.asked)).toEqual(['/api/accounts/72/invoices.xml'])
  })

  it("of as many buyers as the tenant's list has pages are that list, read once", async () => {
    await using server = await startBilling({ data: busy, generation })
    const { byBuyer } = freshRequest(server.billing).threescale
    const lists = await Promise.all(['73', '71', '72', '71'].map(id => byBuyer.load(id)))
    expect(lists.map(list => list.map(({ nativeId }) => nativeId))).toEqual(
      ['73', '71', '72', '71'].map(id => expectedOf(busy, id)),
    )
    expect(pathsOf(server.asked)).toEqual(Array.from({ length: 3 }, () => '/api/invoices.xml'))
    await byBuyer.load('72')
    expect(server.asked).toHaveLength(3)
  })

  it("of fewer buyers are their own lists, after one page of the tenant's list", async () => {
    await using server = await startBilling({ data: busy, generation })
    const lists = await loadMany(freshRequest(server.billing).threescale.byBuyer, ['71', '73'])
    expect(lists.map(list => !(list instanceof Error) && list.map(({ nativeId }) => nativeId))).toEqual(
      ['71', '73'].map(id => expectedOf(busy, id)),
    )
    expect(pathsOf(server.asked).toSorted()).toEqual([
      '/api/accounts/71/invoices.xml',
      '/api/accounts/73/invoices.xml',
      '/api/invoices.xml',
    ])
  })

  it('are the same for a deleted buyer, alone or among others, and none for an unknown buyer', async () => {
    await using server = await startBilling({ data: nimbusMaps, generation })
    const alone = await freshRequest(server.billing).threescale.byBuyer.load('66')
    expect(alone.map(({ nativeId }) => nativeId)).toEqual(['1204'])
    const { byBuyer } = freshRequest(server.billing).threescale
    expect(await loadMany(byBuyer, ['66', '74', '4711', '72'])).toMatchObject([
      [{ nativeId: '1204' }],
      [],
      [],
      [{ nativeId: '1215' }, { nativeId: '1202' }],
    ])
    expect(await freshRequest(server.billing).threescale.byBuyer.load('4711')).toEqual([])
  })
})

describe('a buyer whose list fails', () => {
  it('does not fail the others', async () => {
    await using server = await startBilling({ data: busy })
    server.beforeAnswer = request => (request.path.includes('/71/') ? { status: 500 } : undefined)
    const lists = await loadMany(freshRequest(server.billing).threescale.byBuyer, ['71', '73'])
    expect(lists[0]).toMatchObject({ name: 'UpstreamStatusError', status: 500 })
    expect(lists[1]).toHaveLength(expectedOf(busy, '73').length)
  })

  it('does not fail the others when its id is malformed', async () => {
    await using server = await startBilling({ data: busy })
    const lists = await loadMany(freshRequest(server.billing).threescale.byBuyer, ['../71', '73'])
    expect(lists[0]).toEqual(new RangeError('not a 3scale id'))
    expect(lists[1]).toHaveLength(expectedOf(busy, '73').length)
  })

  it("reads each buyer's list when the tenant's list fails", async () => {
    await using server = await startBilling({ data: busy })
    server.beforeAnswer = request => (request.path === '/api/invoices.xml' ? { status: 500 } : undefined)
    const lists = await loadMany(freshRequest(server.billing).threescale.byBuyer, ['71', '72', '73'])
    expect(lists.map(list => (list instanceof Error ? list : list.length))).toEqual(
      ['71', '72', '73'].map(id => expectedOf(busy, id).length),
    )
  })

  it('is not mistaken for a buyer without invoices when the server has no lists at all', async () => {
    await using server = await startAnswering({ status: 404 })
    const lists = await loadMany(freshRequest(server.billing).threescale.byBuyer, ['71', '72'])
    expect(lists).toMatchObject([{ name: 'UpstreamNotFoundError' }, { name: 'UpstreamNotFoundError' }])
  })
})
