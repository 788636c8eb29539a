import { describe, expect, it } from 'vitest'
import { demoData } from '../../../src/standin/catalyst/demo-data.js'
import { type CatalystStandIn, startCatalyst } from '../../../src/standin/catalyst/start.js'
import { getToken, rate } from './upstream.js'

const now = new Date('2026-11-21T09:14:03.512Z')
const clock = () => now

interface Line {
  readonly resource_name: string | false
  readonly quantity: number
  readonly rate: number
  readonly unit: string
  readonly cost: number
  readonly cost_taxed?: number
}

interface Entry {
  readonly total_cost: number
  readonly total_cost_taxed?: number
  readonly status: string
  readonly details: Record<string, { total_cost: number; breakdown: Record<string, Line[]> }>
}

async function invoices(standIn: CatalystStandIn, query: string, region = 'nz-por-1'): Promise<Record<string, Entry>> {
  const response = await rate(standIn, `/v2/invoices?detailed=True&${query}`, { region })
  return ((await response.json()) as { invoices: Record<string, Entry> }).invoices
}

async function quotation(standIn: CatalystStandIn, region: string, projectId = standIn.credentials.projectId) {
  const response = await rate(standIn, `/v2/quotations?detailed=True&project_id=${projectId}`, { region })
  const { quotations } = (await response.json()) as { quotations: Record<string, Entry> }
  return Object.values(quotations)[0]
}

const lines = ({ details }: Entry) => Object.values(details).flatMap(({ breakdown }) => Object.values(breakdown).flat())
const cents = (amount: number) => Math.round(amount * 100)

describe('the demo project', () => {
  const fourteen = 'start=2025-09-01&end=2026-11-01'

  it('has fourteen closed months and a credit note in one of them', async () => {
    await using standIn = await startCatalyst({ clock })
    const entries = await invoices(standIn, fourteen)
    const keys = Object.keys(entries)
    expect(keys).toEqual(keys.toSorted())
    expect(new Set(keys.map(key => key.slice(0, 7))).size).toBe(14)
    expect([keys[0], keys.at(-1), keys.length]).toEqual(['2025-09-30', '2026-10-31', 15])
    expect(entries['2026-06-16']?.total_cost).toBeLessThan(0)
  })

  it('has paid its old bills', async () => {
    await using standIn = await startCatalyst({ clock })
    const statuses = Object.values(await invoices(standIn, fourteen)).map(({ status }) => status)
    expect(statuses.slice(-3)).toEqual(['in_payment', 'not_paid', 'not_paid'])
    expect(new Set(statuses.slice(0, -3))).toEqual(new Set(['paid']))
  })

  it('has lines that add up to categories, and categories that add up to totals', async () => {
    await using standIn = await startCatalyst({ clock })
    for (const entry of Object.values(await invoices(standIn, fourteen))) {
      for (const { quantity, rate, cost } of lines(entry)) expect(cents(cost) / 100).toBeCloseTo(quantity * rate, 1)
      const sum = lines(entry).reduce((total, { cost }) => total + cents(cost), 0)
      const categories = Object.values(entry.details).reduce((total, { total_cost }) => total + cents(total_cost), 0)
      expect([sum, categories]).toEqual([cents(entry.total_cost), cents(entry.total_cost)])
    }
  })

  it('bills about forty resources of several customers, some with unusual names', async () => {
    await using standIn = await startCatalyst({ clock })
    const entries = await invoices(standIn, fourteen)
    const names = new Set(Object.values(entries).flatMap(entry => lines(entry).map(line => line.resource_name)))
    expect(names.size).toBeGreaterThan(38)
    for (const name of [false, 'customer-wcc', 'customer-acme2-app', 'customer-p\u012bwakawaka-web', 'intranet']) {
      expect(names).toContain(name)
    }
    expect([...names].some(name => String(name).includes('"'))).toBe(true)
    const categories = new Set(Object.values(entries).flatMap(({ details }) => Object.keys(details)))
    const usual = ['Compute', 'Network', 'Block Storage', 'Object Storage', 'Discounts', 'SLA Discount', 'Support']
    expect([...categories].toSorted()).toEqual(usual.toSorted())
  })

  it('has the same invoices in both regions', async () => {
    await using standIn = await startCatalyst({ clock })
    expect(await invoices(standIn, fourteen, 'nz-hlz-1')).toEqual(await invoices(standIn, fourteen))
  })

  it('has a quotation of the current month in both regions', async () => {
    await using standIn = await startCatalyst({ clock })
    for (const region of ['nz-por-1', 'nz-hlz-1']) {
      const entry = await quotation(standIn, region)
      const hours = new Set(entry && lines(entry).flatMap(({ unit, quantity }) => (unit === 'hour' ? [quantity] : [])))
      expect(hours).toEqual(new Set([20 * 24 + 9]))
    }
  })

  it('has the same usage in the invoices of a jsonfile server, except for discounts and support', async () => {
    await using odoo = await startCatalyst({ clock })
    await using jsonfile = await startCatalyst({ clock, driver: 'jsonfile' })
    const [billed, por, hlz] = [
      await invoices(odoo, fourteen),
      await invoices(jsonfile, fourteen),
      await invoices(jsonfile, fourteen, 'nz-hlz-1'),
    ]
    expect(Object.keys(por)).toHaveLength(14)
    expect(Object.keys(por)[0]).toBe('2026-10-31')
    // Except for free traffic, October has usage only.
    const total = cents(por['2026-10-31']?.total_cost ?? 0) + cents(hlz['2026-10-31']?.total_cost ?? 0)
    expect(total).toBe(cents(billed['2026-10-31']?.total_cost ?? 0))
  })

  it('includes July 2017 in the format of older servers, with customer-wcc at 81.69', async () => {
    await using standIn = await startCatalyst({ clock })
    const entry = (await invoices(standIn, 'start=2017-07-01&end=2017-08-01'))['2017-07-31']
    const ours = entry ? lines(entry).filter(line => String(line.resource_name).startsWith('customer-wcc')) : []
    expect(
      ours.map(({ resource_name, rate, quantity, unit, cost }) => [resource_name, rate, quantity, unit, cost]),
    ).toEqual([
      ['customer-wcc-ipsec-router-fdc', 0.017, 697, 'Hour(s)', 11.85],
      ['customer-wcc-ipsec-router-gdc', 0.017, 697, 'Hour(s)', 11.85],
      ['customer-wcc-fdc-vpnservice', 0.017, 697, 'Hour(s)', 11.85],
      ['customer-wcc-gdc-vpnservice', 0.017, 697, 'Hour(s)', 11.85],
      ['customer-wcc-fdc', 0.0164, 697, 'Hour(s)', 11.43],
      ['customer-wcc', 0.0164, 697, 'Hour(s)', 11.43],
      ['customer-wcc-gdc', 0.0164, 697, 'Hour(s)', 11.43],
    ])
    expect(ours.reduce((total, { cost }) => total + cents(cost), 0)).toBe(8169)
    expect(entry).not.toHaveProperty('total_cost_taxed')
  })
})

describe('the projects of the documentation', () => {
  it('include the invoice of November 2017: 1883.64 with GST', async () => {
    await using standIn = await startCatalyst({ clock })
    const query = 'start=2017-11-01&end=2017-12-01&project_id=5fac8ecc14fc4cd6g3e59d16aae4dcb'
    const entry = (await invoices(standIn, query))['2017-11-30']
    expect(entry).toMatchObject({ total_cost: 1883.64, status: 'open' })
    expect(entry && lines(entry).reduce((total, { cost }) => total + cents(cost), 0)).toBe(163795)
  })

  it.each(['2026-11-21T09:14:03Z', '2026-02-01T00:00:01Z', '2024-02-29T23:59:59Z'])(
    'include the quotation of 34.82 in one region and nothing in the other, at %s',
    async instant => {
      await using standIn = await startCatalyst({ clock: () => new Date(instant) })
      const id = '94b566de52f9423fab80ceee8c0a4a23'
      expect((await quotation(standIn, 'nz-por-1', id))?.total_cost).toBe(34.82)
      expect(await quotation(standIn, 'nz-hlz-1', id)).toEqual({ total_cost: 0, details: {} })
    },
  )
})

describe('demoData', () => {
  it('is the same for the same seed and instant, and differs between seeds', () => {
    expect(demoData({ seed: 7, now })).toEqual(demoData({ seed: 7, now }))
    expect(demoData({ seed: 7, now }).usage).not.toEqual(demoData({ seed: 8, now }).usage)
  })

  it('returns the same bytes from two servers', async () => {
    const texts = await Promise.all(
      [1, 2].map(async () => {
        await using standIn = await startCatalyst({ clock })
        return (await rate(standIn, '/v2/invoices?start=2017-01-01&detailed=1')).text()
      }),
    )
    expect(texts[0]).toBe(texts[1])
  })

  it('has no usage in the first instant of a month', async () => {
    await using standIn = await startCatalyst({ clock: () => new Date('2026-11-01T00:00:00Z') })
    expect(await quotation(standIn, 'nz-por-1')).toEqual({ total_cost: 0, details: {} })
  })

  it('authenticates the demo user with an application credential too', async () => {
    await using standIn = await startCatalyst({ clock })
    const { applicationCredentialId: id, applicationCredentialSecret: secret } = standIn.credentials
    const identity = { methods: ['application_credential'], application_credential: { id, secret } }
    const token = await getToken(standIn, { auth: { identity } })
    expect((await rate(standIn, '/v2/quotations', { token })).status).toBe(200)
  })
})
