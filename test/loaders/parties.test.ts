import { describe, expect, it } from 'vitest'
import { loadBuyer, loadBuyerState, loadProvider } from '../../src/loaders/parties.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'
import { startBilling } from '../upstream/threescale/billing-stand-in.js'
import { tenantOf } from '../upstream/threescale/random-tenants.js'
import { rejectionOf } from '../upstream/threescale/silence.js'
import { freshRequest } from './threescale/tenant-loaders.js'

const financeOnly = [{ value: 'one', scopes: ['finance'], permission: 'ro' }] as const

describe('loadBuyer', () => {
  it('reads the account with one call, however often it is loaded', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const loaders = freshRequest(server.billing)
    const [buyer] = await Promise.all([1, 2, 3].map(() => loadBuyer(loaders, 'THREESCALE', '71')))
    expect(buyer).toMatchObject({ nativeId: '71', name: 'Größe & Söhne <GmbH>', deleted: false })
    expect(server.asked).toEqual(['/admin/api/accounts/71.xml'])
    expect(await loadBuyerState(loaders, buyer ?? expect.fail())).toBe('approved')
    expect(server.asked).toHaveLength(1)
  })

  it('reads the buyer from its newest invoice when the token may not read accounts', async () => {
    await using server = await startBilling({ data: nimbusMaps, tokens: financeOnly })
    const loaders = freshRequest(server.billing)
    const buyer = await loadBuyer(loaders, 'THREESCALE', '71')
    expect(buyer).toMatchObject({ nativeId: '71', name: 'Größe & Söhne <GmbH>', address: { city: 'München' } })
    expect(await rejectionOf(loadBuyerState(loaders, buyer ?? expect.fail()))).toMatchObject({
      name: 'UpstreamDeniedError',
    })
  })

  it('finds a deleted buyer by its invoices', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const loaders = freshRequest(server.billing)
    const buyer = await loadBuyer(loaders, 'THREESCALE', '66')
    expect(buyer).toEqual({
      kind: 'Buyer',
      source: 'THREESCALE',
      nativeId: '66',
      name: null,
      deleted: true,
      address: null,
    })
    const before = server.asked.length
    expect(await loadBuyerState(loaders, buyer ?? expect.fail())).toBeNull()
    expect(server.asked).toHaveLength(before)
  })

  it('is null for an unknown buyer, and for a system that is not configured', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const loaders = freshRequest(server.billing)
    expect(await loadBuyer(loaders, 'THREESCALE', '4711')).toBeNull()
    expect(await loadBuyer(loaders, 'CATALYST', '71')).toBeNull()
    expect(await loadBuyer({ ...loaders, threescale: null }, 'THREESCALE', '71')).toBeNull()
  })

  it('fails when the server fails', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    server.beforeAnswer = () => ({ status: 500 })
    expect(await rejectionOf(loadBuyer(freshRequest(server.billing), 'THREESCALE', '71'))).toMatchObject({
      status: 500,
    })
    expect(server.asked).toEqual(['/admin/api/accounts/71.xml'])
  })
})

describe('loadProvider', () => {
  it('reads the tenant from its newest invoice, with one small call', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const loaders = freshRequest(server.billing)
    expect(await loadProvider(loaders, 'THREESCALE', '4')).toMatchObject({ nativeId: '4', name: 'Nimbus Maps Ltd' })
    expect(await loadProvider(loaders, 'THREESCALE', '5')).toBeNull()
    expect(server.asked).toEqual(['/api/invoices.xml?page=1&per_page=1&sort=period&direction=desc'])
  })

  it('is null for a tenant without invoices, and for a system that is not configured', async () => {
    await using server = await startBilling({ data: tenantOf([]) })
    const loaders = freshRequest(server.billing)
    expect(await loadProvider(loaders, 'THREESCALE', '4')).toBeNull()
    expect(await loadProvider(loaders, 'CATALYST', 'catalyst-cloud')).toBeNull()
    expect(await loadProvider({ ...loaders, threescale: null }, 'THREESCALE', '4')).toBeNull()
  })
})
