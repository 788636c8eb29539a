import { describe, expect, it } from 'vitest'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { startBilling } from '../../upstream/threescale/billing-stand-in.js'
import { tenantOf } from '../../upstream/threescale/random-tenants.js'
import { freshRequest, loadMany } from './tenant-loaders.js'

/** 400 invoices in four pages, thirty a month, of four buyers in turn. */
const busy = tenantOf(
  Array.from({ length: 400 }, (_, index) => ({
    id: 1001 + index,
    period: `202${3 + Math.floor(index / 360)}-${String(1 + (Math.floor(index / 30) % 12)).padStart(2, '0')}`,
    buyerId: 71 + (index % 4),
  })),
)

describe.each(['released', 'main'] as const)('buyers by their invoices on %s', generation => {
  it('are read from their own list one by one', async () => {
    await using server = await startBilling({ data: busy, generation })
    expect(await freshRequest(server.billing).threescale.billedBuyers.load('73')).toMatchObject({ nativeId: '73' })
    expect(server.standIn.requests).toEqual(['GET /api/accounts/73/invoices.xml'])
  })

  it("are read together from the tenant's list, whether known, deleted or unknown", async () => {
    await using server = await startBilling({ data: nimbusMaps, generation })
    const { billedBuyers } = freshRequest(server.billing).threescale
    expect(await loadMany(billedBuyers, ['71', '66', '4711', '72'])).toMatchObject([
      { name: 'Größe & Söhne <GmbH>' },
      { name: null, deleted: true },
      null,
      { name: '株式会社サンプル' },
    ])
    expect(server.standIn.requests).toEqual(['GET /api/invoices.xml'])
  })

  it('fail alone where each has a list of its own', async () => {
    await using server = await startBilling({ data: busy, generation })
    server.beforeAnswer = ({ path }) => (path.includes('/71/') ? { status: 500 } : undefined)
    const { billedBuyers } = freshRequest(server.billing).threescale
    expect(await loadMany(billedBuyers, ['71', '72'])).toMatchObject([{ status: 500 }, { nativeId: '72' }])
  })
})

describe("as many buyers as the tenant's list has pages", () => {
  it.each([
    ['released', 1],
    // The first page shows that the server does not sort: then the newest may stand on any.
    ['main', 4],
  ] as const)('are read to the last of them on %s', async (generation, calls) => {
    await using server = await startBilling({ data: busy, generation })
    const found = await loadMany(freshRequest(server.billing).threescale.billedBuyers, ['71', '72', '73', '74'])
    expect(found).toMatchObject([{ nativeId: '71' }, { nativeId: '72' }, { nativeId: '73' }, { nativeId: '74' }])
    expect(server.standIn.requests).toEqual(Array(calls).fill('GET /api/invoices.xml'))
  })
})
