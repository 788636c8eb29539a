import { describe, expect, it } from 'vitest'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { getToken, passwordLogin, post, rate, smallData } from './upstream.js'

describe('startCatalyst', () => {
  it('returns its URL and credentials', async () => {
    await using standIn = await startCatalyst()
    expect(standIn.authUrl).toBe(`${standIn.keystone.url}/v3`)
    expect(Object.keys(standIn.regions)).toEqual(['nz-por-1', 'nz-hlz-1'])
    expect(standIn.credentials).toMatchObject({ userDomainName: 'Default', projectDomainId: 'default' })
    expect(await getToken(standIn)).toMatch(/^gAAAAA/)
  })

  it('lists the requests to the rating servers, without those to Keystone', async () => {
    await using standIn = await startCatalyst({ data: smallData() })
    const token = await getToken(standIn)
    await rate(standIn, '/v2/quotations', { token, region: 'nz-hlz-1' })
    await rate(standIn, '/v2/invoices?start=2026-10-01', { token })
    expect(standIn.requests).toEqual(['GET /v2/invoices', 'GET /v2/quotations'])
    expect(standIn.keystone.requests).toEqual(['POST /v3/auth/tokens'])
  })

  it('revokes every token at once, even where it is cached', async () => {
    await using standIn = await startCatalyst({ data: smallData() })
    const token = await getToken(standIn)
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(200)
    standIn.revokeTokens()
    const refused = await rate(standIn, '/v2/quotations', { token })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      `Keystone uri="${standIn.authUrl}"`,
    ])
    expect((await rate(standIn, '/v2/quotations')).status).toBe(200)
  })

  it('accepts a cached token for five minutes after it was revoked', async () => {
    let now = new Date('2026-11-21T09:00:00Z')
    await using standIn = await startCatalyst({ data: smallData(), clock: () => now })
    const token = await getToken(standIn)
    await rate(standIn, '/v2/quotations', { token })
    const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token }
    await fetch(`${standIn.authUrl}/auth/tokens`, { method: 'DELETE', headers })
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(200)
    expect((await rate(standIn, '/v2/quotations', { token, region: 'nz-hlz-1' })).status).toBe(401)
    now = new Date('2026-11-21T09:05:00Z')
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(401)
  })

  it('checks every token with Keystone if the cache is off', async () => {
    await using standIn = await startCatalyst({ data: smallData(), tokenMemorySeconds: 0 })
    const token = await getToken(standIn)
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(200)
    const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token }
    await fetch(`${standIn.authUrl}/auth/tokens`, { method: 'DELETE', headers })
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(401)
  })

  it('supports faults on each of its servers', async () => {
    await using standIn = await startCatalyst({ data: smallData() })
    const token = await getToken(standIn)
    standIn.keystone.faults.push({ route: 'POST /v3/auth/tokens', kind: 'status:503', retryAfter: 2 })
    const refused = await post(`${standIn.authUrl}/auth/tokens`, passwordLogin(standIn))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
    standIn.regions['nz-hlz-1']?.faults.push({ route: 'GET /v2/*', kind: 'status:502' })
    expect((await rate(standIn, '/v2/quotations', { token, region: 'nz-hlz-1' })).status).toBe(502)
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(200)
  })

  it('rejects an expired token on every server', async () => {
    let now = new Date('2026-11-21T09:00:00Z')
    await using standIn = await startCatalyst({ data: smallData(), clock: () => now, tokenLifeSeconds: 120 })
    const token = await getToken(standIn, passwordLogin(standIn))
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(200)
    now = new Date('2026-11-21T09:02:00Z')
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(401)
  })

  it('listens on the given ports, and closes its servers if a port is in use', async () => {
    await using first = await startCatalyst({ data: smallData() })
    const taken = Number(new URL(first.keystone.url).port)
    await expect(startCatalyst({ data: smallData(), regionPorts: { 'nz-hlz-1': taken } })).rejects.toThrow('EADDRINUSE')
    await first.close()
    await using second = await startCatalyst({ data: smallData(), keystonePort: taken })
    expect(second.keystone.url).toBe(first.keystone.url)
  })

  it('rejects a data set without a usable user', async () => {
    await expect(startCatalyst({ data: smallData({ users: [] }) })).rejects.toThrow('data set without a user')
    await expect(startCatalyst({ data: smallData({ projects: [] }) })).rejects.toThrow('data set without project p1')
  })

  it('can be made to fail by a test', async () => {
    await using standIn = await startCatalyst({ data: smallData() })
    const token = await getToken(standIn)
    const server = standIn.regions['nz-por-1']
    if (server) server.intercept = () => ({ status: 429, headers: { 'Retry-After': '1' } })
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(429)
  })
})
