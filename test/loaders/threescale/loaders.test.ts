import { describe, expect, it } from 'vitest'
import { listInvoices, loadInvoice } from '../../../src/loaders/invoices.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { startBilling } from '../../upstream/threescale/billing-stand-in.js'
import { rejectionOf } from '../../upstream/threescale/silence.js'
import { freshRequest, loadMany, openPages, threescaleFilter } from './tenant-loaders.js'

const newest = {
  filter: threescaleFilter(),
  order: 'PERIOD_DESC',
  request: { size: 20, direction: 'forward', beyond: null, until: null },
} as const

describe('twenty invoices', () => {
  it('take one call, with their lines, buyers, provider and count', async () => {
    await using server = await startBilling()
    const list = await listInvoices(freshRequest(server.billing), newest)
    expect(list.invoices).toHaveLength(20)
    expect(list.invoices.every(({ lineItems }) => lineItems !== null)).toBe(true)
    expect(list.invoices.some(({ lineItems }) => lineItems && lineItems.length > 1)).toBe(true)
    expect(new Set(list.invoices.map(({ provider }) => provider.nativeId)).size).toBe(1)
    expect(list.invoices.every(({ buyer }) => buyer.name !== null || buyer.deleted)).toBe(true)
    expect(await list.count()).toBe(332)
    expect(server.standIn.requests).toEqual(['GET /api/invoices.xml'])
  })

  it('take no further call by their ids in the same request', async () => {
    await using server = await startBilling()
    const loaders = freshRequest(server.billing)
    const { invoices } = await listInvoices(loaders, newest)
    const again = await Promise.all(invoices.map(one => loadInvoice(loaders, 'THREESCALE', one.nativeId)))
    expect(again).toEqual(invoices)
    expect(server.standIn.requests).toHaveLength(1)
  })

  it('take one call by their ids in another request, and nine of them one call each, never repeated', async () => {
    await using server = await startBilling()
    const { invoices } = await listInvoices(freshRequest(server.billing), newest)
    const ids = invoices.map(({ nativeId }) => nativeId)
    for (const [count, asked] of [
      [20, ['/api/invoices.xml?page=1&per_page=100']],
      [9, ids.slice(0, 9).map(id => `/api/invoices/${id}.xml`)],
    ] as const) {
      server.asked.length = 0
      const loaders = freshRequest(server.billing)
      const load = (id: string) => loadInvoice(loaders, 'THREESCALE', id)
      const wanted = ids.slice(0, count)
      expect(await Promise.all([...wanted, ...wanted].map(load))).toEqual([
        ...invoices.slice(0, count),
        ...invoices.slice(0, count),
      ])
      await Promise.all(wanted.map(load))
      expect(server.asked.toSorted()).toEqual(asked.toSorted())
    }
  })

  it('take one call for a hundred concurrent requests for the same page', async () => {
    await using server = await startBilling()
    const loaders = freshRequest(server.billing)
    const lists = await Promise.all(Array.from({ length: 100 }, () => listInvoices(loaders, newest)))
    expect(new Set(lists.map(list => JSON.stringify(list.invoices.map(({ nativeId }) => nativeId)))).size).toBe(1)
    expect(server.standIn.requests).toHaveLength(1)
  })
})

describe('threescalePages', () => {
  it('distinguishes keys by each of their members', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const pages = openPages(server.billing)
    const base = { page: 1, perPage: 8, direction: 'desc' } as const
    const questions = [
      base,
      { ...base, page: 2 },
      { ...base, perPage: 9 },
      { ...base, direction: 'asc' as const },
      { ...base, buyerId: '71' },
      { ...base, month: '2023-11' },
      { ...base, state: 'paid' },
      { ...base, number: '2023-11' },
    ]
    await Promise.all([...questions, ...questions].map(question => pages.load(question)))
    await pages.load({ ...base, buyerId: undefined, month: undefined })
    expect(server.asked).toHaveLength(questions.length)
    expect(new Set(server.asked).size).toBe(questions.length)
  })

  it('rejects a failed page alone, and resolves the others', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    server.beforeAnswer = request => (request.query.get('page') === '2' ? { status: 500 } : undefined)
    const pages = openPages(server.billing)
    const base = { perPage: 8, direction: 'desc' } as const
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map(page => pages.load({ ...base, page })))
    expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})

describe('threescaleInvoices and threescaleAccounts', () => {
  it('return null for unknown ids, and fail one key at a time', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    server.beforeAnswer = request => (request.path.includes('1204') ? { status: 500 } : undefined)
    const { invoices, accounts } = freshRequest(server.billing).threescale
    const settled = await Promise.allSettled(['1201', '4711', '1204', '../1'].map(id => invoices.load(id)))
    expect(settled).toMatchObject([
      { status: 'fulfilled', value: { nativeId: '1201' } },
      { status: 'fulfilled', value: null },
      { status: 'rejected', reason: { status: 500 } },
      { status: 'rejected', reason: { message: 'not a 3scale id' } },
    ])
    expect(await loadMany(accounts, ['71', '66', '71'])).toMatchObject([
      { state: 'approved' },
      null,
      { state: 'approved' },
    ])
    expect(server.asked.toSorted()).toEqual([
      '/admin/api/accounts/66.xml',
      '/admin/api/accounts/71.xml',
      '/api/invoices/1201.xml',
      '/api/invoices/1204.xml',
      '/api/invoices/4711.xml',
    ])
    expect(await rejectionOf(invoices.load('1204'))).toMatchObject({ status: 500 })
  })
})

describe('the invoices of 3scale in a list', () => {
  const firstHundred = { ...newest, request: { ...newest.request, size: 100 } }
  const list = async (
    server: Awaited<ReturnType<typeof startBilling>>,
    filter: Parameters<typeof threescaleFilter>[0],
  ) => {
    server.asked.length = 0
    const found = await listInvoices(freshRequest(server.billing), {
      ...firstHundred,
      filter: threescaleFilter(filter),
    })
    return { ids: found.invoices.map(({ nativeId }) => nativeId), count: await found.count(), asked: [...server.asked] }
  }
  const start = '?page=1&per_page=100&sort=period&direction=desc'

  it('are filtered by the server where it can', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await list(server, { from: '2023-11', to: '2023-11' })).toEqual({
      ids: ['1202', '1201'],
      count: 2,
      asked: [`/api/invoices.xml${start}&month=2023-11`],
    })
    expect(await list(server, { states: ['PAID'], number: '2023-*' })).toEqual({
      ids: ['1201', '1190'],
      count: 2,
      asked: [`/api/invoices.xml${start}&state=paid&number=2023-*`],
    })
    expect(await list(server, { buyer: { source: 'THREESCALE', nativeId: '72' } })).toEqual({
      ids: ['1215', '1202'],
      count: 2,
      asked: [`/api/accounts/72/invoices.xml${start}`],
    })
  })

  it('are filtered by the gateway where the server cannot', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await list(server, { states: ['PAID', 'FAILED'] })).toMatchObject({
      ids: ['1204', '1201', '1190'],
      count: 3,
    })
    expect(await list(server, { states: ['UNKNOWN'] })).toMatchObject({ ids: [], count: 0 })
    expect(await list(server, { from: '2023-11', to: '2023-12' })).toMatchObject({
      ids: ['1204', '1202', '1201'],
      count: 3,
    })
    expect(await list(server, { from: '2024-05', number: '2024-0000000*' })).toMatchObject({ ids: ['1301'], count: 1 })
  })

  it('of a deleted buyer are found', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await list(server, { buyer: { source: 'THREESCALE', nativeId: '66' } })).toMatchObject({
      ids: ['1204'],
      count: 1,
    })
  })

  it('are read no further than their range reaches', async () => {
    await using server = await startBilling()
    const { count, asked } = await list(server, { from: '2026-10' })
    expect(count).toBe(server.standIn.data.invoices.filter(({ period }) => period >= '2026-10').length)
    expect(asked).toEqual([`/api/invoices.xml${start}`])
  })
})
