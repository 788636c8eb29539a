import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { rate, smallData } from './upstream.js'

const started = new Date('2026-11-21T09:14:03.512Z')
let now: Date
let demo: CatalystStandIn

beforeEach(async () => {
  now = started
  demo = await startCatalyst({ clock: () => now })
})
afterEach(() => demo.close())

const text = async (path: string, standIn = demo) => (await rate(standIn, path)).text()
const hours = (quotation: string) => [
  ...new Set(
    [...quotation.matchAll(/"quantity": ([\d.]+), "rate": [\d.]+, "unit": "hour"/g)].map(([, count]) => count),
  ),
]

interface Body {
  readonly invoices: Record<string, { readonly status: string; readonly total_cost: number }>
}

const invoices = async (end: string) =>
  (JSON.parse(await text(`/v2/invoices?start=2025-01-01&end=${end}&detailed=True`)) as Body).invoices

describe('the quotation of a running demo', () => {
  it.each([
    ['2026-11-21T09:59:59Z', '489.0'],
    ['2026-11-21T10:00:00Z', '490.0'],
    ['2026-11-21T23:59:59Z', '503.0'],
    ['2026-11-22T00:00:00Z', '504.0'],
    ['2026-11-30T23:59:59Z', '719.0'],
  ])('grows by the hour up to %s', async (instant, count) => {
    expect(hours(await text('/v2/quotations?detailed=1'))).toEqual(['489.0'])
    now = new Date(instant)
    expect(hours(await text('/v2/quotations?detailed=1'))).toEqual([count])
  })

  it('starts at zero in a new month', async () => {
    now = new Date('2026-12-01T00:30:00Z')
    expect(await text('/v2/quotations')).toContain('"quotations": {"2026-12-01": {"total_cost": 0.0}}')
    now = new Date('2026-12-02T05:00:00Z')
    expect(hours(await text('/v2/quotations?detailed=1'))).toEqual(['29.0'])
  })

  it('is the same in a second demo that was started at the same time', async () => {
    await using other = await startCatalyst({ clock: () => now })
    now = new Date('2026-12-05T12:00:00Z')
    for (const path of ['/v2/quotations?detailed=1', '/v2/invoices?start=2025-01-01&end=2026-12-01&detailed=1']) {
      expect(await text(path, other)).toBe(await text(path))
    }
  })
})

describe('the invoices of a running demo', () => {
  it('have one more after the end of a month, and the earlier ones unchanged', async () => {
    const before = await invoices('2026-11-21')
    now = new Date('2026-12-01T00:00:00Z')
    const { '2026-11-30': november, ...others } = await invoices('2026-12-01')
    expect(november?.total_cost).toBeGreaterThan(1000)
    expect(Object.keys(others)).toEqual(Object.keys(before))
    const figures = (entries: Body['invoices']) => Object.values(entries).map(entry => ({ ...entry, status: '' }))
    expect(figures(others)).toEqual(figures(before))
  })

  it('are paid after some time', async () => {
    const newest = async (end: string) =>
      Object.values(await invoices(end))
        .map(({ status }) => status)
        .slice(-4)
    const wanted = ['paid', 'in_payment', 'not_paid', 'not_paid']
    expect(await newest('2026-11-21')).toEqual(wanted)
    now = new Date('2027-01-15T00:00:00Z')
    expect(await newest('2027-01-01')).toEqual(wanted)
  })

  it('equal the priced usage of both regions on the last day of the month', async () => {
    await using jsonfile = await startCatalyst({ clock: () => now, driver: 'jsonfile' })
    now = new Date('2026-12-01T00:00:00Z')
    const billed = (await invoices('2026-12-01'))['2026-11-30']?.total_cost ?? 0
    let sum = 0
    for (const region of ['nz-por-1', 'nz-hlz-1']) {
      const path = '/v2/invoices?start=2026-11-01&end=2026-12-01'
      const body = (await (await rate(jsonfile, path, { region })).json()) as Body
      sum += Math.round((body.invoices['2026-11-30']?.total_cost ?? 0) * 100)
    }
    expect(sum).toBe(Math.round(billed * 100))
  })
})

describe('the measurements of the demo', () => {
  interface Measured {
    readonly measurements: {
      readonly resources: Record<string, { type: string; services: { name: string; volume: number; unit: string }[] }>
    }
  }
  const measured = async (query: string) =>
    Object.values((JSON.parse(await text(`/v2/measurements?${query}`)) as Measured).measurements.resources)

  it('are in the collector’s units: seconds for servers, bytes for traffic and objects', async () => {
    const units = (await measured('start=2026-10-01&end=2026-11-01')).flatMap(({ type, services }) =>
      services.map(({ name, unit }) => `${/-(in|out)$/.test(name) ? 'traffic' : type}: ${unit}`),
    )
    expect([...new Set(units)].toSorted()).toEqual([
      'Floating IP: hour',
      'Load Balancer: hour',
      'Network: hour',
      'Object Storage Container: byte',
      'Router: hour',
      'VPN: hour',
      'Virtual Machine: second',
      'Volume: gigabyte',
      'traffic: byte',
    ])
  })

  it('of the days of a month add up to those of the month', async () => {
    const month = await measured('start=2026-10-01&end=2026-11-01')
    const [first, second] = [
      await measured('start=2026-10-01&end=2026-10-12'),
      await measured('start=2026-10-12&end=2026-11-01'),
    ]
    const volumes = (resources: typeof month) =>
      resources.flatMap(({ services }) => services.map(({ volume }) => volume))
    const later = volumes(second)
    expect(volumes(first).map((volume, index) => volume + (later[index] ?? 0))).toEqual(volumes(month))
  })

  it('reach up to the last whole hour, and continue', async () => {
    const seconds = async () =>
      new Set(
        (await measured('start=2026-11-21')).flatMap(({ type, services }) =>
          type === 'Virtual Machine' ? services.map(({ volume }) => volume) : [],
        ),
      )
    expect(await seconds()).toEqual(new Set([9 * 3600]))
    now = new Date('2026-11-22T03:00:00Z')
    expect(await seconds()).toEqual(new Set([27 * 3600]))
  })

  it('have zones for servers, and no name for addresses', async () => {
    const body = await text('/v2/measurements?start=2026-10-01&end=2026-10-02')
    expect(body).toMatch(
      /\{"type": "Virtual Machine", "name": "intranet", "availability zone": "nz-por-1a", .*?"host": "cmp-\d{3}", "services"/,
    )
    expect(body).toContain('{"type": "Floating IP", "ip address": "203.0.113.10", "services"')
    expect(body).toContain('"name": "customer-acme-\\"staging\\" volume"')
  })

  it('include every resource billed in the month, across both regions', async () => {
    const hlz = await (
      await rate(demo, '/v2/measurements?start=2026-10-01&end=2026-11-01', { region: 'nz-hlz-1' })
    ).text()
    expect(hlz).toContain('"availability zone": "nz-hlz-1a"')
    expect(hlz).not.toContain('nz-por-1')
  })
})

describe('the credits of the demo', () => {
  const types = async () => [...(await text('/v2/credits')).matchAll(/"code": "(.*?)"/g)].map(([, code]) => code)

  it('are three, which expire over time', async () => {
    expect(await types()).toEqual(['GRANT-4T9Q', 'False', 'TRIAL-58'])
    now = new Date('2026-12-01T00:00:00Z')
    expect(await types()).toEqual(['GRANT-4T9Q', 'False'])
    now = new Date('2028-01-01T00:00:00Z')
    expect(await types()).toEqual([])
  })

  it.each(['2026-03-31T23:00:00Z', '2024-02-29T00:00:00Z'])('are three at any start time: %s', async instant => {
    await using other = await startCatalyst({ clock: () => new Date(instant) })
    expect([...(await text('/v2/credits', other)).matchAll(/"code"/g)]).toHaveLength(3)
  })
})

describe('the data option', () => {
  it('is constant if it is a value', async () => {
    await using fixed = await startCatalyst({ data: smallData(), clock: () => now })
    now = new Date('2027-06-01T00:00:00Z')
    expect(await text('/v2/invoices?start=2026-01-01', fixed)).toContain('"invoices": {}')
  })

  it('is read on each request if it is a function', async () => {
    let name = 'one'
    await using moving = await startCatalyst({ data: () => smallData({}, { id: 'p1', name }), clock: () => now })
    expect(await text('/v2/quotations', moving)).toContain('"project_name": "one"')
    name = 'two'
    expect(await text('/v2/quotations', moving)).toContain('"project_name": "two"')
  })
})
