import { describe, expect, it } from 'vitest'
import type { CatalystData, DocumentLine, ErpDocument } from '../../../src/standin/catalyst/data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { rate, smallData } from './upstream.js'

const clock = () => new Date('2026-11-21T09:14:03.512Z')

function line(more: Partial<DocumentLine> = {}): DocumentLine {
  const category = 'Compute'
  return { category, product: 'NZ-POR-1.c1.c1r2', resourceName: 'a', quantity: 1, rate: 0.1, unit: 'hour', ...more }
}

interface Body {
  readonly invoices: Record<
    string,
    { total_cost: number; total_cost_taxed?: number; status?: string; details?: object }
  >
}

async function get(documents: readonly ErpDocument[], query: string, more: Partial<CatalystData> = {}) {
  await using standIn = await startCatalyst({ data: smallData({ documents: { p1: documents }, ...more }), clock })
  const response = await rate(standIn, `/v2/invoices?start=2026-10-01&end=2026-11-01&${query}`)
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Body }
}

describe('invoices of the odoo driver', () => {
  const sameDay = [0.1, 0.2].map(rate => ({
    billDate: '2026-10-31',
    status: 'paid',
    lines: [line({ rate })],
  }))

  it('merges documents of one day without rounding the summary again', async () => {
    const { text } = await get(sameDay, 'detailed=False')
    expect(text).toContain(
      '"2026-10-31": {"total_cost": 0.30000000000000004, "total_cost_taxed": 0.34, "status": "paid"}',
    )
  })

  it('rounds the totals of a merged detailed response, but not its categories', async () => {
    const { text } = await get(sameDay, 'detailed=True')
    expect(text).toContain('"2026-10-31": {"total_cost": 0.3, "total_cost_taxed": 0.34, "status": "paid", "details": ')
    expect(text).toContain('"Compute": {"total_cost": 0.30000000000000004, ')
  })

  it('is not_paid if the documents of a day differ in status', async () => {
    const [first, second] = sameDay
    const documents = [first, second && { ...second, status: 'reversed' }].filter(document => document !== undefined)
    expect((await get(documents, '')).body.invoices['2026-10-31']?.status).toBe('not_paid')
  })

  it('omits a reseller’s margin from the details and their totals, but not from the summary', async () => {
    const margin = line({ category: 'Discounts', product: 'reseller-margin-discount', rate: -100, unit: 'NZD' })
    const document = { billDate: '2026-10-31', status: 'paid', lines: [line({ rate: 898.99 }), margin] }
    const summary = await get([document], 'detailed=False')
    expect(summary.body.invoices['2026-10-31']).toEqual({
      total_cost: 798.99,
      total_cost_taxed: 918.84,
      status: 'paid',
    })
    const detailed = (await get([document], 'detailed=True')).body.invoices['2026-10-31']
    expect(detailed).toMatchObject({ total_cost: 898.99, total_cost_taxed: 1033.84 })
    expect(Object.keys(detailed?.details ?? {})).toEqual(['Compute'])
  })

  it('fails the whole detailed range for one retired product, but not the summary', async () => {
    const documents = [
      { billDate: '2026-10-16', status: 'paid', lines: [line()] },
      { billDate: '2026-10-31', status: 'paid', lines: [line({ isRetired: true })] },
    ]
    expect((await get(documents, 'detailed=True')).status).toBe(500)
    const summary = await get(documents, 'detailed=False')
    expect([summary.status, Object.keys(summary.body.invoices)]).toEqual([200, ['2026-10-16', '2026-10-31']])
  })

  it('lists bill dates oldest first, whatever the order of the documents', async () => {
    const documents = ['2026-10-31', '2026-10-01', '2026-11-01', '2026-09-30', '2026-10-16', '2026-11-02']
    const { body } = await get(
      documents.map(billDate => ({ billDate, status: 'paid', lines: [] })),
      '',
    )
    expect(Object.keys(body.invoices)).toEqual(['2026-10-01', '2026-10-16', '2026-10-31', '2026-11-01'])
  })

  it('has GST only in the total of a legacy document, which can lack a status', async () => {
    const { body } = await get([{ billDate: '2026-10-31', isLegacy: true, lines: [line({ rate: 100 })] }], 'detailed=y')
    const { details, ...entry } = body.invoices['2026-10-31'] ?? {}
    expect(entry).toEqual({ total_cost: 115 })
    expect(JSON.stringify(details)).not.toContain('taxed')
  })

  it('uses the later of two legacy documents of a day', async () => {
    const documents = [100, 40].map(rate => ({ billDate: '2026-10-31', isLegacy: true, lines: [line({ rate })] }))
    expect((await get(documents, '')).body.invoices['2026-10-31']).toEqual({ total_cost: 46 })
  })

  it('fails if the ERP fails', async () => {
    const { status, body } = await get([], '', { erpFailure: 'Failed to load ERP driver for odoo' })
    expect([status, body]).toEqual([500, { error_code: 500, error_message: 'Failed to load ERP driver for odoo' }])
  })

  it.each(['1', 't', 'true', 'TRUE', 'True', 'on', 'y', 'Yes'])('reads detailed=%s as true', async word => {
    const { body } = await get(sameDay, `detailed=${word}`)
    expect(body.invoices['2026-10-31']).toHaveProperty('details')
  })

  it.each(['0', 'False', 'no', '', '2', 'detailed'])('reads detailed=%s as false', async word => {
    const { body } = await get(sameDay, `detailed=${word}`)
    expect(body.invoices['2026-10-31']).not.toHaveProperty('details')
  })
})

describe('the cache of the odoo driver', () => {
  const documents = { p1: [{ billDate: '2026-10-31', status: 'paid', lines: [line()] }] }
  const data = smallData({ documents })

  it('returns the cached summary to a detailed request for ten minutes', async () => {
    let now = clock()
    await using standIn = await startCatalyst({ data, clock: () => now, cacheDetailedMixUp: true })
    const get = async (end: string, detailed: boolean, region = 'nz-por-1') => {
      const path = `/v2/invoices?start=2026-10-01&end=${end}&detailed=${detailed}`
      const { invoices } = (await (await rate(standIn, path, { region })).json()) as Body
      return 'details' in (invoices['2026-10-31'] ?? {})
    }
    expect(await get('2026-11-01', false)).toBe(false)
    expect(await get('2026-11-01', true)).toBe(false)
    expect(await get('2026-11-01T00:00:00', true)).toBe(false)
    expect(await get('2026-11-01T00:00:01', true)).toBe(true)
    expect(await get('2026-11-01T00:00:01', false)).toBe(true)
    expect(await get('2026-11-01', true, 'nz-hlz-1')).toBe(true)
    now = new Date(now.getTime() + 600_000)
    expect(await get('2026-11-01', true)).toBe(true)
  })

  it('is off by default', async () => {
    await using standIn = await startCatalyst({ data, clock })
    const path = '/v2/invoices?start=2026-10-01&end=2026-11-01&detailed='
    await rate(standIn, `${path}False`)
    expect(await (await rate(standIn, `${path}True`)).text()).toContain('"details"')
  })
})
