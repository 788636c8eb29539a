import { describe, expect, it } from 'vitest'
import { addMonths } from '../../../src/domain/period.js'
import type { ErpDocument } from '../../../src/standin/catalyst/data.js'
import { demoData } from '../../../src/standin/catalyst/demo-data.js'
import { startCatalyst } from '../../../src/standin/catalyst/start.js'
import { UpstreamStatusError } from '../../../src/upstream/http/errors.js'
import { clock, openBilling, settingsForStandIn } from './open-client.js'
import { failureOf } from './seen-of-error.js'

const CLOSED = Array.from({ length: 14 }, (_, index) => addMonths('2025-09', index))

/** The demo, with a product in the bill of one month that is no longer sold. */
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

describe('a bill with a product that is no longer sold', () => {
  it('comes without lines and says so, and the bills beside it come with theirs', async () => {
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
    // Whole range, its summary, then halves: 14 → 7 → 4 or 3 → 2 → 1.
    expect(catalyst.requests.filter(request => request === 'GET /v2/invoices').length).toBeLessThanOrEqual(12)
  })

  it('is not sought where the whole server is ill', async () => {
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
