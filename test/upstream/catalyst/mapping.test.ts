import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import { invoicesBody, readInvoices, readQuoted } from './documents.js'
import { printTotal } from './open-client.js'

function read(document: string): Invoice {
  const [invoice] = readInvoices(invoicesBody(`{"2026-10-31": ${document}}`))
  if (!invoice) throw new Error('no invoice')
  return invoice
}

function readLine(category: string, line: string) {
  const [read1] =
    read(
      `{"total_cost": 1.5, "total_cost_taxed": 1.73, "details": {"${category}": {"total_cost": 1.5, "breakdown": {"x": [${line}]}}}}`,
    ).lineItems ?? []
  if (!read1) throw new Error('no line')
  return read1
}

const LINE = '"resource_name": "a", "quantity": 1.0, "rate": 1.5, "cost": 1.5, "cost_taxed": 1.73'

describe('the state of an invoice', () => {
  it.each([
    ['paid', 'PAID'],
    ['not_paid', 'UNPAID'],
    ['partial', 'UNPAID'],
    ['in_payment', 'PENDING'],
    ['reversed', 'CANCELLED'],
    ['cancel', 'CANCELLED'],
    ['open', 'OPEN'],
    ['draft', 'OPEN'],
    ['invoicing_legacy', 'UNKNOWN'],
    ['proforma2', 'UNKNOWN'],
    ['Paid', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
    ['toString', 'UNKNOWN'],
    ['__proto__', 'UNKNOWN'],
  ])('%s is %s', (status, state) => {
    const invoice = read(`{"total_cost": 1.0, "total_cost_taxed": 1.15, "status": "${status}"}`)
    expect([invoice.state, invoice.rawState]).toEqual([state, status])
  })

  it('is unknown when none is sent, as before August 2017', () => {
    expect(read('{"total_cost": 1.15}')).toMatchObject({ state: 'UNKNOWN', rawState: null })
  })
})

describe('the total of an invoice', () => {
  it.each([
    ['stated', '"total_cost": 723.01, "total_cost_taxed": 831.47', '723.01 / 831.47', 'STATED'],
    [
      'stated and not to the cent',
      '"total_cost": 0.30000000000000004, "total_cost_taxed": 0.345',
      '0.30 / 0.34',
      'STATED',
    ],
    ['stated as whole numbers', '"total_cost": 100, "total_cost_taxed": 115', '100 / 115', 'STATED'],
    ['negative', '"total_cost": -75.5, "total_cost_taxed": -86.82', '-75.5 / -86.82', 'STATED'],
    ['of the old generation, without details', '"total_cost": 86.69', '75.38 / 86.69', 'COMPUTED'],
  ])('is read: %s', (_, members, total, basis) => {
    const invoice = read(`{${members}}`)
    expect(printTotal(invoice.total)).toBe(total)
    expect(invoice.total.taxBasis).toBe(basis)
    expect(invoice.notices.map(notice => notice.code)).toEqual(basis === 'COMPUTED' ? ['LEGACY_TAX'] : [])
  })

  it.each([
    ['less with tax than without', '"total_cost": 100.0, "total_cost_taxed": 85.0', '-15.00'],
    ['of the other sign with tax', '"total_cost": 100.0, "total_cost_taxed": -115.0', '-215.00'],
    ['a credit nearer to zero with tax', '"total_cost": -100.0, "total_cost_taxed": -85.0', '15.00'],
    ['a charge with tax and a credit without', '"total_cost": -100.0, "total_cost_taxed": 115.0', '215.00'],
    ['negative with tax and nothing without', '"total_cost": 0.0, "total_cost_taxed": -0.01', '-0.01'],
  ])('is noted, and left as stated, when it contradicts itself: %s', (_, members, tax) => {
    const { total, notices } = read(`{${members}}`)
    expect(notices).toMatchObject([{ code: 'TOTAL_MISMATCH' }])
    expect(Number(formatDecimal(notices[0]?.difference ?? parseDecimal('0')))).toBe(Number(tax))
    expect(
      `"total_cost": ${formatDecimal(total.net)}, "total_cost_taxed": ${formatDecimal(total.gross ?? total.net)}`,
    ).toBe(members)
  })

  it.each([
    '"total_cost": 100.0, "total_cost_taxed": 100.0',
    '"total_cost": -75.5, "total_cost_taxed": -86.82',
    '"total_cost": -0.0, "total_cost_taxed": -0.0',
    '"total_cost": 0.0, "total_cost_taxed": 0.0',
  ])('is not noted when it agrees with itself: %s', members => {
    expect(read(`{${members}}`).notices).toEqual([])
  })

  it('is noted when it differs from the sum of the lines', () => {
    const details = `{"Compute": {"total_cost": 1.5, "breakdown": {"x": [{${LINE}, "unit": "hour"}]}}}`
    const invoice = read(`{"total_cost": 1.6, "total_cost_taxed": 1.84, "details": ${details}}`)
    expect(invoice.notices).toMatchObject([{ code: 'TOTAL_MISMATCH' }])
    expect(formatDecimal(invoice.notices[0]?.difference ?? parseDecimal('0'))).toBe('0.10')
  })

  it('is in the configured currency', () => {
    const invoice = read('{"total_cost": 1.0, "total_cost_taxed": 1.15, "details": {}}')
    expect([invoice.total.net.currency, invoice.total.gross?.currency]).toEqual(['NZD', 'NZD'])
    expect(formatDecimal(invoice.total.taxRate ?? parseDecimal('0'))).toBe('0.15')
  })
})

describe('the type of a line', () => {
  it.each([
    ['Compute', '"hour"', 'RESOURCE_USAGE'],
    ['Object Storage Container', '"gigabyte"', 'RESOURCE_USAGE'],
    ['Block_Storage', '"gigabyte"', 'RESOURCE_USAGE'],
    ['Discounts', '"NZD"', 'DISCOUNT'],
    ['SLA Discount', '"NZD"', 'DISCOUNT'],
    ['Credits', '"NZD"', 'CREDIT'],
    ['Premium Support', '"NZD"', 'SUPPORT'],
    ['Whatever the operator adds', '"NZD"', 'UNKNOWN'],
    ['Whatever the operator adds', 'false', 'UNKNOWN'],
    ['Compute', '"Hour(s)"', 'RESOURCE_USAGE'],
  ])('in %s, counted in %s, is %s', (category, unit, type) => {
    expect(readLine(category, `{${LINE}, "unit": ${unit}}`)).toMatchObject({ type, rawType: category })
  })

  it('does not need a unit', () => {
    expect(readLine('Compute', `{${LINE}}`).unit).toBeNull()
    expect(readLine('Compute', `{${LINE}, "unit": false}`).unit).toBeNull()
  })
})

describe('the total of a quotation', () => {
  const quotations = (document: string) =>
    invoicesBody(`{"2026-11-21": ${document}}`).replace('"invoices"', '"quotations"')
  const line = (cost: string) => `{"resource_name": "a", "quantity": 1, "rate": 1, "unit": "hour", "cost": ${cost}}`

  it('has its tax computed from the net when there are no lines', () => {
    expect(printTotal(readQuoted(quotations('{"total_cost": 76.07}')).total)).toBe('76.07 / 87.48')
  })

  it('has its tax computed line by line when there are lines', () => {
    const lines = ['30.32', '30.32', '7.12', '8.31'].map(line).join(', ')
    const details = `{"Compute": {"total_cost": 76.07, "breakdown": {"x": [${lines}]}}}`
    expect(printTotal(readQuoted(quotations(`{"total_cost": 76.07, "details": ${details}}`)).total)).toBe(
      '76.07 / 87.49',
    )
  })

  it('is zero without lines and amounts', () => {
    const { total } = readQuoted(quotations('{"total_cost": 0.0, "details": {}}'))
    expect(printTotal(total)).toBe('0.0 / 0.00')
  })
})
