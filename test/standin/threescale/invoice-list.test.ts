import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startThreescale, type ThreescaleStandIn } from '../../../src/standin/threescale/start.js'
import { invoice, nimbusMaps } from './nimbus-maps.js'
import { get, listedIds, listedTotals } from './request.js'

const at = (hour: number): Date => new Date(Date.UTC(2024, 0, 1, hour))

/** Ids in the order of creation, except for 5, which is the oldest. */
const data = {
  ...nimbusMaps,
  invoices: [
    invoice(1, { createdAt: at(1), friendlyId: '2024-01-00000001', period: '2024-01', state: 'paid', buyerId: 71 }),
    invoice(2, { createdAt: at(2), friendlyId: '2024-01-00000002', period: '2024-01', state: 'open', buyerId: 73 }),
    invoice(3, { createdAt: at(3), friendlyId: '2024-02-00000001', period: '2024-02', state: 'paid', buyerId: 72 }),
    invoice(4, { createdAt: at(4), friendlyId: '2024-00000009', period: '2023-02', state: 'cancelled', buyerId: 66 }),
    invoice(5, { createdAt: at(0), friendlyId: '2024-01-00000001', period: '2024-12', state: 'failed', buyerId: 71 }),
  ],
}

let released: ThreescaleStandIn
let main: ThreescaleStandIn
beforeAll(async () => {
  released = await startThreescale({ data })
  main = await startThreescale({ data, generation: 'main' })
})
afterAll(async () => {
  await released.close()
  await main.close()
})

describe('the order of invoices', () => {
  it.each([
    ['', [4, 3, 2, 1, 5]],
    ['?sort=friendly_id', [4, 1, 5, 2, 3]],
    ['?sort=friendly_id&direction=desc', [3, 2, 1, 5, 4]],
    ['?sort=period&direction=asc', [4, 2, 1, 3, 5]],
    ['?sort=period&direction=desc', [5, 3, 2, 1, 4]],
    ['?sort=state', [4, 5, 2, 3, 1]],
    ['?sort=accounts.org_name&direction=asc', [4, 1, 5, 2, 3]],
    ['?sort=cost&direction=asc', [4, 3, 2, 1, 5]],
    ['?direction=asc', [4, 3, 2, 1, 5]],
    ['?sort=period&direction=sideways', [4, 2, 1, 3, 5]],
  ])('%j is %j on released servers', async (query, ids) => {
    expect(await listedIds(released, `/api/invoices.xml${query}`)).toEqual(ids)
  })

  it.each(['', '?sort=period&direction=desc', '?search[state]=paid'])(
    '%j is the id order on the development branch',
    async query => {
      expect(await listedIds(main, `/api/invoices.xml${query}`)).toEqual([1, 2, 3, 4, 5])
    },
  )
})

describe('the filters of invoices', () => {
  it.each([
    ['state=paid', [3, 1]],
    ['state=cancelled', [4]],
    ['state=void', []],
    ['state=', [4, 3, 2, 1, 5]],
    ['state=open&state=paid', [3, 1]],
    ['month=2024-01', [2, 1]],
    ['month=2024-1', []],
    ['month=2024-13', []],
    ['month=2024-01-05', []],
    ['number=2024-01-00000001', [1, 5]],
    ['number=2024-01-*', [2, 1, 5]],
    ['number=*0001', [3, 1, 5]],
    ['number=2024.01.00000001', []],
    ['number=2024-01', []],
    ['year=2023', [4]],
    ['month_number=2', [4, 3]],
    ['month_number=02', [4, 3]],
    ['year=2024&month_number=2', [3]],
    ['state=paid&month=2024-02', [3]],
    ['search[state]=paid', [3, 1]],
    ['search[state]=paid&state=open&month=2023-02', [3, 1]],
    ['search[number]=2024-02-*', [3]],
    ['buyer_ids=71', [4, 3, 2, 1, 5]],
  ])('%s selects %j', async (query, ids) => {
    expect(await listedIds(released, `/api/invoices.xml?${query}`)).toEqual(ids)
  })

  it.each([
    ['/api/accounts/71/invoices.xml', [1, 5]],
    ['/api/accounts/71/invoices.xml?state=paid', [1]],
    ['/api/accounts/71abc/invoices.xml', [1, 5]],
    ['/api/accounts/74/invoices.xml', []],
  ])('%s lists %j, of one buyer only', async (path, ids) => {
    expect(await listedIds(released, path)).toEqual(ids)
  })

  it.each([66, 4711])('respond 404 for buyer %i, deleted or unknown', async id => {
    expect((await get(released, `/api/accounts/${id}/invoices.xml`)).status).toBe(404)
  })
})

describe('the pages of invoices', () => {
  it.each([
    ['', [1, 1, 20, 5]],
    ['per_page=2', [3, 1, 2, 5]],
    ['per_page=2&page=3', [3, 3, 2, 5]],
    ['per_page=2&page=4', [3, 4, 2, 5]],
    ['per_page=21', [1, 1, 21, 5]],
    ['per_page=500', [1, 1, 500, 5]],
    ['per_page=501', [1, 1, 20, 5]],
    ['per_page=0', [1, 1, 20, 5]],
    ['per_page=-3', [1, 1, 20, 5]],
    ['per_page=abc', [1, 1, 20, 5]],
    ['per_page=', [1, 1, 20, 5]],
    ['per_page=3abc', [2, 1, 3, 5]],
    ['page=0', [1, 1, 20, 5]],
    ['page=-1', [1, 1, 20, 5]],
    ['page=x', [1, 1, 20, 5]],
    ['state=nothing&per_page=7', [1, 1, 7, 0]],
    ['page=400000000000000000', [1, 4e17, 20, 5]],
  ])('%j has the totals %j', async (query, totals) => {
    expect(await listedTotals(released, `/api/invoices.xml?${query}`)).toEqual(totals)
  })

  it('follow each other', async () => {
    expect(await listedIds(released, '/api/invoices.xml?per_page=2&page=2')).toEqual([2, 1])
    expect(await listedIds(released, '/api/invoices.xml?per_page=2&page=3')).toEqual([5])
  })

  it('respond 404 if the offset exceeds 64 bits', async () => {
    const response = await get(released, '/api/invoices.xml?page=9223372036854775807')
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
  })

  it('start with an invoice added in between, which shifts the others', async () => {
    await using standIn = await startThreescale({ data })
    expect(await listedIds(standIn, '/api/invoices.xml?per_page=2')).toEqual([4, 3])
    standIn.addInvoice(invoice(6, { createdAt: at(6) }))
    expect(await listedIds(standIn, '/api/invoices.xml?per_page=2&page=2')).toEqual([3, 2])
    expect(standIn.data.invoices).toHaveLength(6)
    expect(() => standIn.addInvoice(invoice(6))).toThrow('invoice 6 exists already')
  })
})
