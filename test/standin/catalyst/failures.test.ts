import { describe, expect, it } from 'vitest'
import type { CatalystData, Driver, Price, Usage } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { rate, smallData } from './upstream.js'

const clock = () => new Date('2026-11-21T09:14:03.512Z')
const invoices = '/v2/invoices?start=2026-10-01&end=2026-11-01'

async function get(path: string, data: Partial<CatalystData>, driver: Driver = 'odoo') {
  await using standIn = await startCatalyst({ data: smallData(data), clock, driver })
  const response = await rate(standIn, path)
  return { status: response.status, text: await response.text() }
}

describe('an exception whose raw text is returned', () => {
  const refused = '<urlopen error [Errno 111] ECONNREFUSED>'

  it.each(['quotations', 'credits', 'products'] as const)('fails /v2/%s only', async route => {
    const rawFailures = { [route]: refused }
    const body = `{"error_code": 500, "error_message": "${refused}"}`
    expect(await get(`/v2/${route}`, { rawFailures })).toEqual({ status: 500, text: body })
    for (const other of ['/v2/quotations', '/v2/credits', '/v2/products', invoices]) {
      if (other !== `/v2/${route}`) expect((await get(other, { rawFailures })).status).toBe(200)
    }
  })

  it('occurs after the checks of roles and projects', async () => {
    const rawFailures = { quotations: refused, credits: refused, products: refused }
    expect((await get('/v2/quotations?project_id=p2', { rawFailures })).status).toBe(403)
    expect((await get('/v2/credits?project_id=', { rawFailures })).status).toBe(403)
    expect((await get('/v2/products?project_id=p1', { rawFailures })).status).toBe(403)
    const projects = smallData().projects.map(project => ({ ...project, collectedIn: [] }))
    expect((await get('/v2/quotations', { rawFailures, projects })).status).toBe(404)
  })
})

describe('a rate that is a string in the price file', () => {
  const price: Price = { name: 'c1', category: 'compute', unit: 'hour', rate: 0.1, rateText: '0.1', description: '' }
  const usage: Usage = {
    region: 'nz-por-1',
    projectId: 'p1',
    resourceId: 'r1',
    resourceName: 'web',
    resourceType: 'Virtual Machine',
    service: 'c1',
    volume: 1,
    unit: 'hour',
    start: new Date('2026-11-01T00:00:00Z'),
    end: new Date('2026-11-01T01:00:00Z'),
  }
  const data = { prices: { 'nz-por-1': [price] }, usage: [usage] }

  it('is listed as that string, and fails quotations', async () => {
    expect((await get('/v2/products', data, 'jsonfile')).text).toContain('"rate": "0.1"')
    expect((await get('/v2/quotations', data, 'jsonfile')).status).toBe(500)
  })

  it('is a number to the ERP', async () => {
    expect((await get('/v2/products', data)).text).toContain('"rate": 0.1')
    expect((await get('/v2/quotations', data)).text).toContain('"total_cost": 0.1')
  })
})

describe('the discounts in the ERP', () => {
  const product = { unit: false, rate: -1, description: false } as const
  const prices = {
    'nz-por-1': [
      { ...product, name: 'cloud-dev-grant', category: 'discounts' },
      { ...product, name: 'sla-credit', category: 'sla discount' },
      { ...product, name: 'c1.c1r1', category: 'compute' },
    ],
  }

  it('are omitted from the products only', async () => {
    const line =
      '{"name": "c1.c1r1", "full_name": "NZ-POR-1.c1.c1r1", "rate": -1.0, "unit": false, "description": false}'
    expect((await get('/v2/products', { prices })).text).toBe(`{"products": {"nz-por-1": {"compute": [${line}]}}}`)
    expect((await get('/v2/products', { prices }, 'jsonfile')).text).toContain('"sla discount"')
  })
})

describe('a product that is no longer in the price list', () => {
  const line = { category: 'Compute', product: 'x', resourceName: 'a', quantity: 1, rate: 1, unit: 'hour' }
  const documents = {
    p1: [
      { billDate: '2026-09-30', status: 'paid', lines: [{ ...line, isRetired: true }] },
      { billDate: '2026-10-31', status: 'paid', lines: [line] },
    ],
  }

  it('fails only the detailed ranges that contain it, so halving a range finds it', async () => {
    const both = '/v2/invoices?start=2026-09-01&end=2026-11-01'
    const failed = '{"error_code": 500, "error_message": "Failed to get invoices from ERP server."}'
    expect(await get(`${both}&detailed=True`, { documents })).toEqual({ status: 500, text: failed })
    expect((await get(both, { documents })).status).toBe(200)
    expect((await get(`${invoices}&detailed=True`, { documents })).status).toBe(200)
  })

  it('is not cached as a failure', async () => {
    await using standIn = await startCatalyst({ data: smallData({ documents }), clock, cacheDetailedMixUp: true })
    const both = '/v2/invoices?start=2026-09-01&end=2026-11-01'
    expect((await rate(standIn, `${both}&detailed=True`)).status).toBe(500)
    expect((await rate(standIn, both)).status).toBe(200)
    // Now that the summary is cached, it is the response to the detailed request.
    expect((await rate(standIn, `${both}&detailed=True`)).status).toBe(200)
  })
})
