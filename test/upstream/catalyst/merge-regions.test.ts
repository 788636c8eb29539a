import { describe, expect, it } from 'vitest'
import { decodeInvoices, decodeMonth, encodeMonth } from '../../../src/upstream/catalyst/decode.js'
import { mergeRegions } from '../../../src/upstream/catalyst/merge-regions.js'
import type * as wire from '../../../src/upstream/catalyst/wire.js'
import { ASKED, invoicesBody } from './documents.js'

function decode(invoices: string): wire.Invoices {
  return decodeInvoices(Buffer.from(invoicesBody(invoices)), ASKED)
}

/** One document with one line in each category. */
function document(total: string, products: Readonly<Record<string, string>>, status = 'paid'): string {
  const line = `{"resource_name": "a", "quantity": 1.0, "rate": 1, "unit": "hour", "cost": 1.0, "cost_taxed": 1.15}`
  const categories = Object.entries(products).map(
    ([category, product]) =>
      `"${category}": {"total_cost": 1.0, "total_cost_taxed": 1.15, "breakdown": {"${product}": [${line}]}}`,
  )
  return `{"total_cost": ${total}, "total_cost_taxed": ${total}, "details": {${categories.join(', ')}}, "status": "${status}"}`
}

function shapeOf({ invoices }: wire.Invoices) {
  return invoices.map(([date, { total_cost, details = [] }]) => ({
    date,
    total: total_cost.text,
    details: details.map(([name, { total_cost: sum, breakdown }]) => [
      name,
      sum.text,
      breakdown.map(([key, lines]) => `${key} ${lines.length}`),
    ]),
  }))
}

describe('mergeRegions', () => {
  it('adds up documents of one date, categories and products in the order of the regions, oldest first', () => {
    const por = decode(
      `{"2026-10-31": ${document('10.1', { Network: 'por.n', Compute: 'por.c' })}, "2026-09-30": ${document('1.0', { Compute: 'por.c' })}}`,
    )
    const hlz = decode(`{"2026-10-31": ${document('0.25', { Compute: 'hlz.c', Support: 'hlz.s' })}}`)

    expect(shapeOf(mergeRegions([por, hlz]))).toEqual([
      { date: '2026-09-30', total: '1.0', details: [['Compute', '1.0', ['por.c 1']]] },
      {
        date: '2026-10-31',
        total: '10.35',
        details: [
          ['Network', '1.0', ['por.n 1']],
          ['Compute', '2.0', ['por.c 1', 'hlz.c 1']],
          ['Support', '1.0', ['hlz.s 1']],
        ],
      },
    ])
  })

  it('adds decimals, not doubles', () => {
    const [left, right] = ['0.1', '0.2'].map(total => decode(`{"2026-10-31": ${document(total, {})}}`))
    expect(left && right && shapeOf(mergeRegions([left, right]))[0]?.total).toBe('0.3')
  })

  it('keeps all lines when both regions have a product of the same name, also in the shared store', () => {
    const both = decode(`{"2026-10-31": ${document('1.0', { Compute: 'NZ.c' })}}`)
    const merged = mergeRegions([both, both])
    expect(shapeOf(merged)[0]?.details).toEqual([['Compute', '2.0', ['NZ.c 2']]])
    const stored = encodeMonth({ month: '2026-10', regions: [], sent: merged })
    expect(shapeOf(decodeMonth(Buffer.from(stored), ASKED).sent)).toEqual(shapeOf(merged))
  })

  it('has the status not_paid when regions differ, and no lines when one region sends none', () => {
    const paid = decode(`{"2026-10-31": ${document('1.0', { Compute: 'c' })}}`)
    const open = decode('{"2026-10-31": {"total_cost": 1.0, "total_cost_taxed": 1.15, "status": "open"}}')
    const [entry] = mergeRegions([paid, open]).invoices
    expect(entry?.[1].status).toBe('not_paid')
    expect(entry?.[1].details).toBeUndefined()
  })

  it('has no total with tax when one region does not state it', () => {
    const current = decode('{"2026-10-31": {"total_cost": 1.0, "total_cost_taxed": 1.15}}')
    const old = decode('{"2026-10-31": {"total_cost": 1.15}}')
    const [entry] = mergeRegions([current, old]).invoices
    expect(entry?.[1].total_cost_taxed).toBeUndefined()
  })
})
