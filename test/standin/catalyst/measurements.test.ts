import { describe, expect, it } from 'vitest'
import type { CatalystData, Driver, Usage } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { rate, smallData } from './upstream.js'

const clock = () => new Date('2026-11-21T09:14:03.512Z')

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

interface Body {
  readonly measurements: {
    readonly start: string
    readonly end: string
    readonly resources: Record<
      string,
      { readonly name?: string; readonly services: readonly { name: string; volume: number; unit: string }[] }
    >
  }
}

async function get(
  rows: readonly Usage[],
  {
    query = 'start=2026-10-01&end=2026-11-01',
    driver = 'odoo',
    ...more
  }: Partial<CatalystData> & { query?: string; driver?: Driver } = {},
) {
  await using standIn = await startCatalyst({ data: smallData({ usage: rows, ...more }), clock, driver })
  const response = await rate(standIn, `/v2/measurements?${query}`)
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Body }
}

describe('/v2/measurements', () => {
  it('has one number per resource and service over a range of several months', async () => {
    const rows = [10, 11].map(month =>
      usage({ start: new Date(`2026-${month}-05T00:00:00Z`), end: new Date(`2026-${month}-05T01:00:00Z`) }),
    )
    const { body } = await get([...rows, usage({ service: 'c1.c2r4' })], { query: 'start=2026-10-01&end=2026-11-21' })
    expect(body.measurements.resources).toEqual({
      r1: {
        type: 'Virtual Machine',
        name: 'web',
        services: [
          { name: 'c1.c1r2', volume: 7200, unit: 'second' },
          { name: 'c1.c2r4', volume: 3600, unit: 'second' },
        ],
      },
    })
  })

  it.each(['second', 'byte', 'gigabyte', 'hour'])('has the collector’s unit: %s', async unit => {
    const { text } = await get([usage({ unit, volume: 90_000 })])
    expect(text).toContain(`"services": [{"name": "c1.c1r2", "volume": 90000.0, "unit": "${unit}"}]`)
  })

  it('prints the collector’s attributes of a resource, even with blanks in their names', async () => {
    const note = { type: 'Floating IP', 'ip address': '198.51.100.24' }
    const { text } = await get([usage({ unit: 'hour', volume: 48, service: 'n1.ipv4' })], { resources: { r1: note } })
    expect(text).toContain('"resources": {"r1": {"type": "Floating IP", "ip address": "198.51.100.24", "services": [')
  })

  it('can lack a name', async () => {
    const { body } = await get([usage({ resourceName: '' }), usage({ resourceId: 'r2' })])
    expect(Object.values(body.measurements.resources).map(({ name }) => name)).toEqual([undefined, 'web'])
  })

  it('includes only usage that is completely in the range', async () => {
    const query = 'start=2026-10-01T00:00:00&end=2026-10-01T01:30:00'
    const across = { start: new Date('2026-10-01T01:00:00Z'), end: new Date('2026-10-01T02:00:00Z') }
    const { body } = await get([usage(), usage({ ...across, resourceId: 'r2' })], { query })
    expect(Object.keys(body.measurements.resources)).toEqual(['r1'])
    expect(body.measurements).toMatchObject({ start: '2026-10-01 00:00:00', end: '2026-10-01 01:30:00' })
  })

  it('replaces an end in the future by now, with microseconds', async () => {
    const { body } = await get([], { query: 'start=2026-10-01&end=2026-12-01' })
    expect(body.measurements).toMatchObject({ resources: {}, end: '2026-11-21 09:14:03.512874' })
  })

  it('includes only its own region and project', async () => {
    const { body } = await get([usage({ region: 'nz-hlz-1' }), usage({ projectId: 'p2' })])
    expect(body.measurements.resources).toEqual({})
  })

  it.each<Driver>(['odoo', 'jsonfile'])('includes usage that cannot be priced on the %s driver', async driver => {
    const rawFailures = { quotations: 'x', products: 'x', credits: 'x' }
    const rows = [usage({ service: 'x9.flux', unit: 'parsec' })]
    const { status, text } = await get(rows, { driver, prices: {}, erpFailure: 'down', rawFailures })
    expect([status, text]).toEqual([
      200,
      expect.stringContaining('"name": "x9.flux", "volume": 3600.0, "unit": "parsec"'),
    ])
  })

  it('uses the rating service’s own copy of the project’s name', async () => {
    const { projects, ...data } = smallData()
    const { text } = await get([], { ...data, projects: projects.map(known => ({ ...known, ratingName: '' })) })
    expect(text).toContain('{"measurements": {"project_name": "", "project_id": "p1", "resources": {}, "start": ')
  })

  it.each([
    ['', "Missing parameter:'start' in format: y-m-d or y-m-dTH:M:S"],
    ['start=x', "Missing parameter: 'end' in format: y-m-d or y-m-dTH:M:S"],
    ['start=2026-11-01&end=2026-10-01', 'End date must be greater than start.'],
  ])('rejects the same dates as invoices: %s', async (query, message) => {
    const { status, text } = await get([], { query })
    expect([status, text]).toEqual([400, `{"error_code": 400, "error_message": "${message}"}`])
  })
})
