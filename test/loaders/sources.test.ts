import { describe, expect, it } from 'vitest'
import { FULL_ACCESS } from '../../src/access/full-access.js'
import { createLoaders } from '../../src/loaders/loaders.js'
import { loadSources } from '../../src/loaders/sources.js'
import { nimbusMaps } from '../standin/threescale/nimbus-maps.js'
import { NOW, startBilling } from '../upstream/threescale/billing-stand-in.js'
import { freshRequest } from './threescale/tenant-loaders.js'

const well = {
  source: 'THREESCALE',
  reachable: true,
  circuit: 'CLOSED',
  lastSuccessAt: NOW.toISOString(),
  message: null,
}

describe('loadSources', () => {
  it('calls a system without a recent success, and not one with a recent success', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    expect(await loadSources(freshRequest(server.billing), false)).toEqual([well])
    expect(server.standIn.requests).toHaveLength(1)
    expect(await loadSources(freshRequest(server.billing), false)).toEqual([well])
    expect(server.standIn.requests).toHaveLength(1)
  })

  it('calls the system again after ten seconds', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    await server.billing.ping()
    const at = (seconds: number) =>
      createLoaders(
        { catalyst: null, threescale: server.billing },
        () => new Date(NOW.getTime() + seconds * 1000),
        FULL_ACCESS,
      )
    await loadSources(at(10), false)
    expect(server.standIn.requests).toHaveLength(1)
    await loadSources(at(11), false)
    expect(server.standIn.requests).toHaveLength(2)
  })

  it('says that the figures of a demo are invented', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    const [status] = await loadSources(freshRequest(server.billing), true)
    expect(status).toMatchObject({ reachable: true, message: expect.stringContaining('Demo') })
  })

  it('reports a refused token the same way every time', async () => {
    const tokens = [{ value: 'one', scopes: [], permission: 'ro' }] as const
    await using server = await startBilling({ data: nimbusMaps, tokens })
    const refused = {
      ...well,
      reachable: false,
      lastSuccessAt: null,
      message: expect.stringContaining("refused the gateway's access token"),
    }
    expect(await loadSources(freshRequest(server.billing), false)).toEqual([refused])
    expect(await loadSources(freshRequest(server.billing), false)).toEqual([refused])
  })

  it('reports when a system last responded, and that its circuit breaker is open', async () => {
    await using server = await startBilling({ data: nimbusMaps })
    await server.billing.ping()
    server.beforeAnswer = () => ({ status: 502, body: '<html></html>' })
    for (let id = 1; id <= 5; id++) await server.billing.invoice(String(id)).catch(() => undefined)
    const [status] = await loadSources(freshRequest(server.billing), true)
    expect(status).toEqual({
      ...well,
      reachable: false,
      circuit: 'OPEN',
      message:
        '3scale failed repeatedly, so its circuit breaker is open: retry in a few seconds (GET /api/invoices.xml)',
    })
  })

  it('is empty when no system is configured', async () => {
    expect(
      await loadSources(
        createLoaders({ catalyst: null, threescale: null }, () => NOW, FULL_ACCESS),
        false,
      ),
    ).toEqual([])
  })
})
