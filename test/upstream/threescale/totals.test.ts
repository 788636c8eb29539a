import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal } from '../../../src/domain/decimal.js'
import { toInvoice } from '../../../src/upstream/threescale/mapping.js'
import type * as wire from '../../../src/upstream/threescale/wire.js'

const party = { org_name: 'x', address: '', city: '', state: '', country: '', phone: '', zip: '' }

/** An invoice of lines that cost so many ten-thousandths, at a rate of so many tenths of a per cent. */
function invoiceOf(costs: readonly bigint[], rate: bigint, gross: bigint): wire.Invoice {
  const sum = costs.reduce((total, cost) => total + cost, 0n)
  const vat = rate === 0n ? {} : { vat_rate: decimal(rate, 1), vat_amount: decimal(sum * rate, 7) }
  return {
    id: '1',
    friendly_id: '2026-10-00000001',
    creation_type: 'manual',
    state: 'open',
    paid_at: '',
    due_on: '',
    issued_on: '',
    currency: 'NZD',
    cost: decimal(gross, 2),
    ...vat,
    cost_without_vat: decimal(sum, 4),
    period: { from: '2026-10-01', to: '2026-10-31' },
    provider: { id: '4', ...party },
    buyer: { id: '7', ...party },
    lineItems: costs.map((cost, index) => ({
      id: String(index + 1),
      name: 'x',
      description: '',
      quantity: '1',
      type: '',
      metric_id: '',
      contract_id: '',
      plan_id: '',
      cost: decimal(cost, 4),
    })),
    payment_transactions_count: '0',
  }
}

function decimal(digits: bigint, scale: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

/** To whole cents, halves away from zero, from ten-to-the-minus-`scale`. */
function cents(digits: bigint, scale: number): bigint {
  const unit = 10n ** BigInt(scale - 2)
  const rounded = ((digits < 0n ? -digits : digits) + unit / 2n) / unit
  return digits < 0n ? -rounded : rounded
}

const cost = fc.oneof(
  fc.bigInt({ min: -10_000_000n, max: 10_000_000n }),
  // Half cents, where roundings part.
  fc.bigInt({ min: -1000n, max: 1000n }).map(units => units * 100n + 50n),
)
const rate = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 275n }))

describe('the total of an invoice', () => {
  // Long lists are rarer than they are dear: a few of five hundred lines among many of a handful.
  it.each([
    { lines: 4, runs: 97_000 },
    { lines: 500, runs: 3_000 },
  ])('equals a reference over whole numbers, for $runs invoices of up to $lines lines', ({ lines, runs }) => {
    fc.assert(
      fc.property(
        fc.array(cost, { maxLength: lines }),
        rate,
        fc.bigInt({ min: -1n, max: 1n }),
        (costs, percent, wrong) => {
          const sum = costs.reduce((total, one) => total + one, 0n)
          const right = cents(sum, 4) + cents(sum * percent, 7)
          const invoice = toInvoice(invoiceOf(costs, percent, right + wrong), {
            asOf: '2026-11-22T00:00:00.000Z',
            stale: false,
          })
          const told = invoice.notices.map(notice => [
            notice.code,
            notice.difference && formatDecimal(notice.difference),
          ])
          expect(told).toEqual(wrong === 0n ? [] : [['TOTAL_MISMATCH', decimal(wrong, 2)]])
          // As stated, never repaired.
          expect(invoice.total.gross && formatDecimal(invoice.total.gross)).toBe(decimal(right + wrong, 2))
        },
      ),
      { numRuns: runs, seed: 20261122 },
    )
  })
})
