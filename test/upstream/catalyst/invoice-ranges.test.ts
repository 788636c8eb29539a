import { describe, expect, it } from 'vitest'
import { addMonths } from '../../../src/domain/period.js'
import type { ErpDocument } from '../../../src/standin/catalyst/data.js'
import { demoData } from '../../../src/standin/catalyst/demo-data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { DEFAULT_TTLS } from '../../../src/upstream/cache/ttl.js'
import { UpstreamStatusError } from '../../../src/upstream/http/errors.js'
import { clock, openBilling, settingsForStandIn } from './open-client.js'
import { jsonAnswer, logRating } from './rating-log.js'
import { failureOf } from './seen-of-error.js'

const CLOSED = Array.from({ length: 14 }, (_, index) => addMonths('2025-09', index))

/** The demo, with a retired product in one month. */
async function startWithRetired(month: string) {
  const data = demoData({ seed: 1, now: clock() })
  const retire = (document: ErpDocument): ErpDocument => {
    const [first, ...rest] = document.lines
    const isIt = document.billDate.startsWith(month) && first !== undefined
    return isIt ? { ...document, lines: [{ ...first, isRetired: true }, ...rest] } : document
  }
  const documents = Object.fromEntries(Object.entries(data.documents).map(([id, list]) => [id, list.map(retire)]))
  return startCatalyst({ clock, data: { ...data, documents } })
}

describe('an invoice with a line of a retired product', () => {
  it('comes without lines and says so, and the other months come with theirs', async () => {
    await using catalyst = await startWithRetired('2026-03')
    await using opened = openBilling(settingsForStandIn(catalyst))
    const projectId = catalyst.credentials.projectId
    const months = await opened.billing.invoicesByMonth({ projectId, months: CLOSED, detailed: true })
    const summary = await opened.billing.index(projectId, CLOSED)

    for (const [month, bills] of months) {
      for (const bill of bills) {
        expect([month, bill.lineItems === null]).toEqual([month, month === '2026-03'])
        const codes = bill.notices.map(notice => notice.code)
        expect(codes.includes('LINES_UNAVAILABLE')).toBe(month === '2026-03')
      }
    }
    const found = [...months.values()].flat()
    expect(found.map(bill => bill.nativeId)).toEqual(summary.map(bill => bill.nativeId))
    // The range, its summary, then halves: 14 → 7 → 4 or 3 → 2 → 1.
    expect(catalyst.requests.filter(request => request === 'GET /v2/invoices').length).toBeLessThanOrEqual(12)
  })

  it('is read without lines for an hour, and then with lines again', async () => {
    let now = clock()
    await using catalyst = await startWithRetired('2026-03')
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }), { clock: () => now, ttls: null })
    const request = { projectId: catalyst.credentials.projectId, months: CLOSED, detailed: true }
    const first = await opened.billing.invoicesByMonth(request)
    const log = logRating(catalyst)

    expect(await opened.billing.invoicesByMonth(request)).toEqual(first)
    expect(log.map(line => line.slice(line.indexOf('?'))).toSorted()).toEqual([
      '?start=2025-09-01&end=2026-03-01T00:00:01&detailed=True',
      '?start=2026-03-01&end=2026-04-01&detailed=False',
      '?start=2026-04-01&end=2026-11-01T00:00:01&detailed=True',
    ])
    log.length = 0
    now = new Date(now.getTime() + 3_600_000)
    await opened.billing.invoicesByMonth(request)
    expect(log[0]).toContain('detailed=True')
    expect(log.length).toBeGreaterThan(3)
  })

  it('is found by the gateway once, however many ask at the same time', async () => {
    await using catalyst = await startWithRetired('2026-03')
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }), { ttls: null })
    const request = { projectId: catalyst.credentials.projectId, months: ['2026-03'], detailed: true }
    const log = logRating(catalyst)
    await Promise.all([1, 2, 3].map(() => opened.billing.invoicesByMonth(request)))
    expect(log).toHaveLength(2)
  })

  it('is not looked for when the whole server fails', async () => {
    await using catalyst = await startCatalyst({ clock })
    for (const region of Object.values(catalyst.regions)) {
      region.intercept = ({ path }) =>
        path === '/v2/invoices'
          ? {
              status: 500,
              headers: { 'content-type': 'application/json' },
              body: '{"error_code": 500, "error_message": "x"}',
            }
          : undefined
    }
    await using opened = openBilling(settingsForStandIn(catalyst))
    const question = { projectId: catalyst.credentials.projectId, months: CLOSED, detailed: true }
    expect(await failureOf(opened.billing.invoicesByMonth(question))).toBeInstanceOf(UpstreamStatusError)
    expect(catalyst.requests.filter(request => request === 'GET /v2/invoices')).toHaveLength(2)
  })
})

describe('a range whose months all fail one by one', () => {
  it('is not remembered: the server may have gone down meanwhile', async () => {
    await using catalyst = await startCatalyst({ clock })
    let isDown = true
    const log = logRating(catalyst, (_region, { query }) =>
      isDown && query.get('detailed') === 'True' ? jsonAnswer({ error_code: 500, error_message: 'x' }, 500) : undefined,
    )
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }), { ttls: null })
    const request = { projectId: catalyst.credentials.projectId, months: ['2026-04', '2026-05'], detailed: true }
    const withoutLines = await opened.billing.invoicesByMonth(request)
    expect([...withoutLines.values()].flat().every(({ lineItems }) => lineItems === null)).toBe(true)

    isDown = false
    log.length = 0
    const withLines = await opened.billing.invoicesByMonth(request)
    expect([...withLines.values()].flat().every(({ lineItems }) => lineItems !== null)).toBe(true)
    expect(log).toHaveLength(1)
  })
})

describe('a range during which the server stops responding', () => {
  /** Responds until the lines of one part of the range were sent, then refuses everything. */
  async function startStopping() {
    const catalyst = await startWithRetired('2026-03')
    let isStopped = false
    let refusals = 0
    const log = logRating(catalyst, (_region, { query }) => {
      if (isStopped) {
        refusals++
        return { status: 503, headers: { 'retry-after': '30' } }
      }
      // The first part with lines: the range, its first half, and the first half of that.
      isStopped = query.get('end') === '2025-12-01T00:00:01'
      return undefined
    })
    const resume = (): void => {
      isStopped = false
    }
    return { catalyst, log, refused: () => refusals, resume }
  }

  it('keeps the months that were read, and reads only the others the next time', async () => {
    let now = clock()
    const { catalyst, log, resume } = await startStopping()
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }), {
      clock: () => now,
      ttls: DEFAULT_TTLS,
    })
    const request = { projectId: catalyst.credentials.projectId, months: CLOSED, detailed: true }
    const hasLines = (bills: Awaited<ReturnType<typeof opened.billing.invoicesByMonth>>) =>
      [...bills].flatMap(([month, [bill]]) => (bill?.lineItems ? month : []))

    const first = await opened.billing.invoicesByMonth(request)
    expect(hasLines(first)).toEqual(['2025-09', '2025-10', '2025-11'])
    const [march] = first.get('2026-03') ?? []
    expect(march?.notices.map(({ message }) => message).join()).toContain('no lines for it just now')

    resume()
    now = new Date(now.getTime() + 31_000)
    log.length = 0
    expect(hasLines(await opened.billing.invoicesByMonth(request))).toEqual(CLOSED.filter(month => month !== '2026-03'))
    expect(log[0]).toContain('start=2025-12-01&end=2026-11-01')
    await catalyst.close()
  })

  it('fails when nothing was read', async () => {
    const { catalyst, refused } = await startStopping()
    await using opened = openBilling(settingsForStandIn(catalyst, { driver: 'odoo' }), { ttls: null })
    const request = { projectId: catalyst.credentials.projectId, months: ['2026-03', '2026-04'], detailed: true }
    logRating(catalyst, (_region, { query }) =>
      query.get('detailed') === 'True'
        ? query.get('end')?.startsWith('2026-05') && query.get('start') === '2026-03-01'
          ? undefined
          : { status: 503, headers: { 'retry-after': '30' } }
        : undefined,
    )
    expect(await failureOf(opened.billing.invoicesByMonth(request))).toMatchObject({ status: 503 })
    expect(refused()).toBe(0)
    await catalyst.close()
  })
})
