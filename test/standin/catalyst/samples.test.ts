import { describe, expect, it } from 'vitest'
import type { CatalystData, Price } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import {
  documentLines,
  hasUpstream,
  measuredUsage,
  priceLists,
  printedCredits,
  rate,
  readSample,
  smallData,
  usageRows,
} from './upstream.js'

const clock = () => new Date('2026-11-21T09:14:03.512Z')
const project = { id: '7d0c41be2a5f4f6fa0b9e31c58d2a6f4', name: 'harakeke-hosting' }
const october = { start: new Date('2026-10-01T00:00:00Z'), end: new Date('2026-11-01T00:00:00Z') }
const november = { start: new Date('2026-11-01T00:00:00Z'), end: new Date('2026-11-21T09:00:00Z') }
const traffic: readonly Price[] = [
  { name: 'n1.international-out', category: 'data transfer', unit: 'gigabyte', rate: 0.12, description: '' },
  {
    name: 'n1.national-in',
    category: 'data transfer',
    unit: 'gigabyte',
    rate: 0,
    isIntegerRate: true,
    description: '',
  },
]

async function get(path: string, driver: 'odoo' | 'jsonfile', data: Partial<CatalystData>, region = 'nz-por-1') {
  await using standIn = await startCatalyst({ data: smallData(data, project), clock, driver })
  const response = await rate(standIn, path, { region })
  expect(response.status).toBe(200)
  return response.text()
}

function prices(driver: 'odoo' | 'jsonfile') {
  const lists = priceLists(JSON.parse(readSample(`products-${driver}`)))
  return Object.fromEntries(Object.entries(lists).map(([region, list]) => [region, [...list, ...traffic]]))
}

describe.skipIf(!hasUpstream)('the samples', () => {
  it('prints the detailed odoo invoice byte for byte, from quantities and rates', async () => {
    const sample = readSample('invoices-detailed-odoo')
    const { details } = JSON.parse(sample).invoices['2026-10-31']
    const document = { billDate: '2026-10-31', status: 'not_paid', lines: documentLines(details) }
    const path = '/v2/invoices?start=2026-10-01&end=2026-11-01&detailed=True'
    expect(await get(path, 'odoo', { documents: { [project.id]: [document] } })).toBe(sample)
  })

  it('prints the summary of six months byte for byte, in both regions', async () => {
    const sample = readSample('invoices-summary-odoo')
    const invoices = Object.entries(JSON.parse(sample).invoices) as [string, Record<string, number>][]
    const documents = invoices.toReversed().map(([billDate, invoice]) => ({
      billDate,
      status: String(invoice.status),
      lines: [],
      totalCost: Number(invoice.total_cost),
      totalCostTaxed: Number(invoice.total_cost_taxed),
    }))
    const path = '/v2/invoices?start=2026-05-01&end=2026-11-01&detailed=False'
    expect(await get(path, 'odoo', { documents: { [project.id]: documents } })).toBe(sample)
    expect(await get(path, 'odoo', { documents: { [project.id]: documents } }, 'nz-hlz-1')).toBe(sample)
  })

  it('prints the edge cases byte for byte: merged, unnamed, negative zero, a credit note', async () => {
    const line = { category: 'Compute', product: 'NZ-POR-1.c1.c1r2', unit: 'hour' }
    const web = 'customer-ruru-web-1'
    const resized = { ...line, resourceName: `${web}\nresized on 12 April`, quantity: 1, rate: 0.2 }
    const refund = { ...line, product: 'NZ-POR-1.c1.c2r4', resourceName: web, quantity: -100, rate: 0.124 }
    const documents = [
      { billDate: '2026-03-31', status: 'paid', lines: [] },
      {
        billDate: '2026-04-30',
        status: 'paid',
        lines: [{ ...line, resourceName: false as const, quantity: 1, rate: 0.7, costTaxed: 0.8 }],
        totalCostTaxed: 0.81,
      },
      { billDate: '2026-04-30', status: 'reversed', lines: [resized] },
      {
        billDate: '2026-05-31',
        status: 'paid',
        lines: [{ ...line, resourceName: web, quantity: -3, rate: 0 }],
        totalCost: -0,
      },
      { billDate: '2026-06-30', status: 'paid', lines: [refund] },
    ]
    const path = '/v2/invoices?start=2026-03-01&end=2026-07-01&detailed=yes'
    expect(await get(path, 'odoo', { documents: { [project.id]: documents } })).toBe(readSample('invoices-edge-odoo'))
  })

  it('prints the legacy invoice of 2017 byte for byte, with GST in the total only', async () => {
    const sample = readSample('invoices-legacy-2017')
    const { details } = JSON.parse(sample).invoices['2017-07-31']
    const document = { billDate: '2017-07-31', status: 'open', isLegacy: true, lines: documentLines(details) }
    const path = '/v2/invoices?start=2017-07-01&end=2017-08-01&detailed=true'
    expect(await get(path, 'odoo', { documents: { [project.id]: [document] } })).toBe(sample)
  })

  it('prints the detailed jsonfile invoice byte for byte, with its end replaced by now', async () => {
    const sample = readSample('invoices-detailed-jsonfile')
    const { details } = JSON.parse(sample).invoices['2026-10-31']
    const usage = usageRows(details, { region: 'nz-por-1', projectId: project.id, ...october })
    const path = '/v2/invoices?start=2026-10-01&detailed=1'
    expect(await get(path, 'jsonfile', { usage, prices: prices('jsonfile') })).toBe(sample)
  })

  it('prints the quotation of a jsonfile server byte for byte', async () => {
    const sample = readSample('quotations-detailed-jsonfile-por')
    const { details } = JSON.parse(sample).quotations['2026-11-21']
    const usage = usageRows(details, { region: 'nz-por-1', projectId: project.id, ...november })
    const data = { usage, prices: prices('jsonfile') }
    expect(await get('/v2/quotations?detailed=True', 'jsonfile', data)).toBe(sample)
  })

  it('prints the quotation of an odoo server byte for byte', async () => {
    const sample = readSample('quotations-detailed-odoo-hlz')
    const { details } = JSON.parse(sample).quotations['2026-11-21']
    const usage = usageRows(details, { region: 'nz-hlz-1', projectId: project.id, ...november })
    const data = { usage, prices: prices('odoo') }
    expect(await get('/v2/quotations?detailed=True', 'odoo', data, 'nz-hlz-1')).toBe(sample)
  })

  it.each(['odoo', 'jsonfile'] as const)('prints the products of a %s server byte for byte', async driver => {
    const sample = readSample(`products-${driver}`)
    expect(await get('/v2/products', driver, { prices: priceLists(JSON.parse(sample)) })).toBe(sample)
  })

  it.each(['odoo', 'jsonfile'] as const)('prints the measurements byte for byte on a %s server', async driver => {
    const sample = readSample('measurements')
    const days = { start: new Date('2026-10-01T00:00:00Z'), end: new Date('2026-10-03T00:00:00Z') }
    const data = measuredUsage(JSON.parse(sample), { region: 'nz-por-1', projectId: project.id, ...days })
    expect(await get('/v2/measurements?start=2026-10-01&end=2026-10-03', driver, data)).toBe(sample)
  })

  it('prints the credits byte for byte, one without a code', async () => {
    const sample = readSample('credits-odoo')
    const credits = { [project.id]: printedCredits(JSON.parse(sample)) }
    expect(await get('/v2/credits', 'odoo', { credits })).toBe(sample)
  })

  it('prints the health of a degraded server byte for byte', async () => {
    const sample = readSample('health-degraded')
    const lateProjects = JSON.parse(sample).health.usage_collection.failed_projects
    const users = smallData({}, project).users.map(user => ({ ...user, roles: { [project.id]: ['admin'] } }))
    expect(await get('/v2/health', 'odoo', { users, lateProjects })).toBe(sample)
  })
})
