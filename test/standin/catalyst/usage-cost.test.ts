import { describe, expect, it } from 'vitest'
import type { CatalystData, Driver, Price, Usage } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { titleCase } from '../../../src/standin/catalyst/usage-cost.js'
import { rate, smallData } from './upstream.js'

const clock = () => new Date('2026-11-21T09:14:03.512Z')
const prices: readonly Price[] = [
  { name: 'c1.c1r2', category: 'compute', unit: 'hour', rate: 0.062, description: '' },
  { name: 'b1.standard', category: 'block_storage', unit: 'gigabyte', rate: 0.000416, description: '' },
  { name: 'n1.in', category: 'data transfer', unit: 'gigabyte', rate: 0, isIntegerRate: true, description: '' },
  { name: 'n1.unitless', category: 'network', unit: false, rate: 1, description: '' },
  {
    name: 'o1.standard',
    category: 'object storage',
    unit: 'gigabyte',
    rate: 0.000275,
    description: false,
    spansRegions: true,
  },
]

function usage(more: Partial<Usage> = {}): Usage {
  return {
    region: 'nz-por-1',
    projectId: 'p1',
    resourceId: 'r1',
    resourceName: 'web',
    resourceType: 'Virtual Machine',
    service: 'c1.c1r2',
    volume: 3600,
    unit: 'second',
    start: new Date('2026-10-01T00:00:00Z'),
    end: new Date('2026-10-01T01:00:00Z'),
    ...more,
  }
}

async function get(rows: readonly Usage[], path: string, driver: Driver, more: Partial<CatalystData> = {}) {
  const data = smallData({ usage: rows, prices: { 'nz-por-1': prices, 'nz-hlz-1': prices }, ...more })
  await using standIn = await startCatalyst({ data, clock, driver })
  return (await rate(standIn, path)).text()
}

const october = '/v2/invoices?start=2026-10-01&end=2026-11-01&detailed=True'
const inNovember = { start: new Date('2026-11-01T00:00:00Z'), end: new Date('2026-11-02T00:00:00Z') }

describe('invoices of the jsonfile driver', () => {
  it('rounds hours up once, on the sum per resource and product', async () => {
    const rows = [usage({ volume: 3601 }), usage({ volume: 1800 }), usage({ volume: 1, resourceId: 'r2' })]
    const text = await get(rows, october, 'jsonfile')
    expect([...text.matchAll(/"quantity": ([\d.]+)/g)].map(([, quantity]) => quantity)).toEqual(['2.0', '1.0'])
  })

  it('converts bytes to gigabytes of 1024³, and rounds when printing', async () => {
    const rows = [usage({ service: 'b1.standard', unit: 'byte', volume: 1.5 * 1024 ** 3 * 1_000_000 })]
    expect(await get(rows, october, 'jsonfile')).toContain(
      '"cost": 624.0, "cost_taxed": 717.6, "quantity": 1500000.0, "rate": 0.000416, "unit": "gigabyte"',
    )
  })

  it('omits rows that are not completely in the month', async () => {
    const late = usage({ start: new Date('2026-10-31T23:00:00Z'), end: new Date('2026-11-01T00:00:00Z') })
    const across = usage({ start: new Date('2026-10-31T23:30:00Z'), end: new Date('2026-11-01T00:30:00Z') })
    expect(await get([late, across], october, 'jsonfile')).toContain('"quantity": 1.0')
  })

  it('prints a free cost as an integer, and the total of a free category too', async () => {
    const text = await get([usage({ service: 'n1.in', unit: 'gigabyte', volume: 2.5 })], october, 'jsonfile')
    expect(text).toContain('"details": {"Data Transfer": {"total_cost": 0, "total_cost_taxed": 0.0, ')
    expect(text).toContain('"cost": 0, "cost_taxed": 0.0, "quantity": 2.5, "rate": 0, "unit": "gigabyte"')
  })

  it('has a paid invoice of zeros for a month without usage', async () => {
    const text = await get([], '/v2/invoices?start=2015-01-01&end=2015-03-01&detailed=True', 'jsonfile')
    const zeros = '{"total_cost": 0.0, "total_cost_taxed": 0.0, "details": {}, "status": "paid"}'
    expect(text).toContain(`"invoices": {"2015-02-28": ${zeros}, "2015-01-31": ${zeros}}`)
  })

  it('includes only its own region', async () => {
    const text = await get([usage({ region: 'nz-hlz-1' })], october, 'jsonfile')
    expect(text).toContain('"total_cost": 0.0')
  })

  it('sums the taxes of the lines, which can differ from the tax of the sum', async () => {
    const rows = ['a', 'b', 'c'].map(resourceId => usage({ resourceId, volume: 3600 * 0.5 }))
    expect(await get(rows, october, 'jsonfile')).toContain('"total_cost": 0.18, "total_cost_taxed": 0.21')
  })

  it.each([
    ['x9.flux', 'hour', 404, 'Price not found, service name: x9.flux, service type: Virtual Machine'],
    ['b1.standard', 'parsec', 500, "Unsupported unit 'parsec' (when trying to convert to unit 'gigabyte')"],
    ['n1.unitless', 'hour', 500, "Product: n1.unitless is missing 'unit' definition."],
  ])('fails the whole range for usage of %s in %s', async (service, unit, code, message) => {
    const text = await get([usage(), usage({ service, unit })], october, 'jsonfile')
    expect(JSON.parse(text)).toEqual({ error_code: code, error_message: message })
  })

  it('fails for a region that is not in the price file', async () => {
    const text = await get([], october, 'jsonfile', { prices: {} })
    expect(JSON.parse(text)).toEqual({ error_code: 500, error_message: "'nz-por-1'" })
  })
})

describe('quotations', () => {
  it('have one entry under today’s date, from the first of the month to the last midnight', async () => {
    expect(await get([usage(inNovember)], '/v2/quotations', 'jsonfile')).toBe(
      '{"start": "2026-11-01 00:00:00", "end": "2026-11-21 00:00:00", "project_id": "p1", ' +
        '"project_name": "project-one", "quotations": {"2026-11-21": {"total_cost": 0.06, "total_cost_taxed": 0.07}}}',
    )
  })

  it('ignore start, end and regions', async () => {
    const rows = [usage(inNovember)]
    const plain = await get(rows, '/v2/quotations', 'odoo')
    expect(await get(rows, '/v2/quotations?start=x&end=2020-01-01&regions=mars-1', 'odoo')).toBe(plain)
  })

  it('include usage up to now, after the last midnight too', async () => {
    const today = usage({ start: new Date('2026-11-21T08:00:00Z'), end: new Date('2026-11-21T09:00:00Z') })
    const later = usage({ start: new Date('2026-11-21T09:00:00Z'), end: new Date('2026-11-21T10:00:00Z') })
    expect(await get([today, later], '/v2/quotations?detailed=1', 'odoo')).toContain('"quantity": 1.0')
  })

  it('have no tax on the odoo driver, and cross-region products under the resource type', async () => {
    const container = { resourceType: 'Object Storage Container', service: 'o1.standard', unit: 'gigabyte' }
    const text = await get([usage({ ...inNovember, ...container, volume: 1000 })], '/v2/quotations?detailed=1', 'odoo')
    expect(text).not.toContain('taxed')
    expect(text).toContain(
      '"details": {"Object Storage Container": {"total_cost": 0.28, "breakdown": {"NZ.o1.standard"',
    )
  })
})

describe('titleCase', () => {
  it.each([
    ['compute', 'Compute'],
    ['data transfer', 'Data Transfer'],
    ['block_storage', 'Block_Storage'],
    ['SLA discount', 'Sla Discount'],
  ])('converts %s to %s, as Python does', (text, title) => {
    expect(titleCase(text)).toBe(title)
  })
})
