import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import { xeroTable } from '../../../src/domain/export/xero.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import { parseMoney, sumMoney } from '../../../src/domain/money.js'
import { addExactTax } from '../../../src/domain/taxed-money.js'
import { invoice, line } from '../bills.js'

const XERO = xeroTable({ accountCode: '200', taxType: '15% GST on Income', untaxedType: 'No GST' })
const rate = parseDecimal('0.15')

function sold(members: Partial<Invoice>): Invoice {
  return invoice({
    source: 'THREESCALE',
    nativeId: '1201',
    number: '2026-10-00000005',
    state: 'UNPAID',
    issuedOn: '2026-11-03',
    dueOn: '2026-11-20',
    ...members,
  })
}

function rowsOf(one: Invoice) {
  return XERO.rowsOf(one, () => null).map(({ cells }) =>
    Object.fromEntries(
      XERO.columns.map(({ name }, index) => {
        const cell = cells[index] ?? null
        return [name, cell === null || typeof cell === 'string' ? cell : formatDecimal(cell)]
      }),
    ),
  )
}

function soldLine(cost: string) {
  return line({
    source: 'THREESCALE',
    resource: null,
    name: 'Hits',
    quantity: parseDecimal('3'),
    cost: addExactTax(parseMoney(cost, 'NZD'), rate),
  })
}

describe('an invoice as Xero imports it', () => {
  it('is one row per line, in cents, with a last row for what rounding leaves', () => {
    const total = {
      net: parseMoney('20.001', 'NZD'),
      tax: parseMoney('3.00015', 'NZD'),
      gross: parseMoney('23.0', 'NZD'),
      taxRate: rate,
      taxBasis: 'STATED' as const,
    }
    const rows = rowsOf(sold({ total, lineItems: [soldLine('10.0055'), soldLine('9.9955')] }))
    expect(rows.map(row => [row['*Description'], row['*Quantity'], row['*UnitAmount'], row.TaxAmount])).toEqual([
      ['Hits (quantity 3)', '1', '10.01', '1.50'],
      ['Hits (quantity 3)', '1', '10.00', '1.50'],
      ['Rounding', '1', '-0.01', '0.00'],
    ])
    expect(rows[0]).toMatchObject({
      '*ContactName': 'hosting',
      '*InvoiceNumber': '2026-10-00000005',
      '*InvoiceDate': '03/11/2026',
      '*DueDate': '20/11/2026',
      '*AccountCode': '200',
      '*TaxType': '15% GST on Income',
      Currency: 'NZD',
    })
  })

  it.each(['OPEN', 'FINALIZED', 'CANCELLED', 'UNKNOWN'] as const)('is left out while it is %s', state => {
    expect(rowsOf(sold({ state, lineItems: [soldLine('1')] }))).toEqual([])
  })

  it('is left out when it is a cost', () => {
    expect(rowsOf(invoice({ lineItems: [line({})] }))).toEqual([])
  })

  it('adds up to the total with tax as stated', () => {
    const amount = fc
      .bigInt({ min: -(10n ** 9n), max: 10n ** 9n })
      .map(digits => ({ digits, scale: 4, currency: 'NZD' }))
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), amount, amount, (costs, tax, gross) => {
        const stated = { ...gross, digits: gross.digits / 100n, scale: 2 }
        const total = { net: gross, tax, gross: stated, taxRate: rate, taxBasis: 'STATED' as const }
        const bill = sold({
          total,
          lineItems: costs.map(cost => ({ ...soldLine('0'), cost: addExactTax(cost, rate) })),
        })
        const rows = XERO.rowsOf(bill, () => null)
        expect(
          compareDecimals(
            sumMoney(
              rows.map(row => row.amount),
              'NZD',
            ),
            stated,
          ),
        ).toBe(0)
      }),
    )
  })
})
