import { describe, expect, it } from 'vitest'
import { decodeInvoice } from '../../../src/upstream/threescale/decode.js'
import { toInvoice, toWireState } from '../../../src/upstream/threescale/mapping.js'
import { asked, bytes, type Contents, invoiceDocument, lineElement, partyContent } from './documents.js'
import { euro, exact } from './exact.js'

function read(contents: Contents = {}) {
  return toInvoice(decodeInvoice(bytes(invoiceDocument(contents)), asked), {
    asOf: '2026-11-15T03:00:00.000Z',
    stale: false,
  })
}

function readLine(contents: Contents) {
  const [line] = read({ 'line-items': lineElement(contents) }).lineItems ?? []
  return line
}

describe('the words of an invoice', () => {
  it.each([
    ['open', 'OPEN'],
    ['finalized', 'FINALIZED'],
    ['pending', 'PENDING'],
    ['unpaid', 'UNPAID'],
    ['paid', 'PAID'],
    ['failed', 'FAILED'],
    ['cancelled', 'CANCELLED'],
  ] as const)('state %s is %s, there and back', (word, state) => {
    const invoice = read({ state: word })
    expect([invoice.state, invoice.rawState]).toEqual([state, word])
    expect(toWireState(state)).toBe(word)
  })

  it.each(['void', 'PAID', ' paid', '', 'constructor', 'toString', '__proto__'])(
    'a state of %j is UNKNOWN, with the word kept',
    word => {
      const invoice = read({ state: word })
      expect([invoice.state, invoice.rawState]).toEqual(['UNKNOWN', word])
    },
  )

  it('no wire state stands for UNKNOWN', () => {
    expect(toWireState('UNKNOWN')).toBeUndefined()
  })

  it.each([
    ['manual', 'MANUAL'],
    ['background', 'BACKGROUND'],
    ['imported', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
  ])('creation type %s is %s', (word, type) => {
    expect(read({ creation_type: word }).creationType).toBe(type)
  })

  it.each([
    ['LineItem::PlanCost', 'PLAN_COST', 'LineItem::PlanCost'],
    ['LineItem::VariableCost', 'VARIABLE_COST', 'LineItem::VariableCost'],
    ['', 'MANUAL', null],
    ['LineItem::Tip', 'UNKNOWN', 'LineItem::Tip'],
    ['hasOwnProperty', 'UNKNOWN', 'hasOwnProperty'],
  ])('line type %j is %s', (word, type, rawType) => {
    expect(readLine({ type: word })).toMatchObject({ type, rawType })
  })

  it.each([
    ['2024-01-00000001', '2024-01-00000001'],
    ['2024-00000007', '2024-00000007'],
    ['fix', 'fix'],
    ['', null],
  ])('number %j is %j', (sent, number) => {
    expect(read({ friendly_id: sent }).number).toBe(number)
  })
})

describe('the times of an invoice', () => {
  it.each([
    ['2023-12-07 10:15:42 +0100', '2023-12-07T09:15:42.000Z'],
    ['2023-07-03 02:05:00 +0200', '2023-07-03T00:05:00.000Z'],
    ['2023-12-31 23:59:59 -1000', '2024-01-01T09:59:59.000Z'],
    ['2024-03-01 00:30:00 +1300', '2024-02-29T11:30:00.000Z'],
    ['2024-01-01 00:00:00 UTC', '2024-01-01T00:00:00.000Z'],
    ['2024-01-01 00:00:00 +0000', '2024-01-01T00:00:00.000Z'],
    ['', null],
  ])('paid at %j is %j', (sent, paidAt) => {
    expect(read({ paid_at: sent }).paidAt).toBe(paidAt)
  })

  it.each([
    ['2024-02-01', '2024-02-29', '2024-03-01'],
    ['2023-02-01', '2023-02-28', '2023-03-01'],
    ['2024-12-01', '2024-12-31', '2025-01-01'],
    ['2024-04-01', '2024-04-30', '2024-05-01'],
  ])('a period from %s to %s ends before %s', (from, to, endExclusive) => {
    expect(read({ period: `<from>${from}</from><to>${to}</to>` }).period).toEqual({
      month: from.slice(0, 7),
      start: from,
      endExclusive,
    })
  })
})

describe('the figures of an invoice', () => {
  it('stay as stated, with their decimal places', () => {
    expect(read({ cost: '0.16', vat_amount: '0.02625', cost_without_vat: '0.125' }).total).toEqual({
      net: euro('0.125'),
      tax: euro('0.02625'),
      gross: euro('0.16'),
      taxRate: exact('0.21'),
      taxBasis: 'STATED',
    })
  })

  it.each([
    ['21.0', '0.21'],
    ['7.7', '0.077'],
    ['10.0', '0.1'],
    ['100.0', '1'],
    ['0.01', '0.0001'],
    ['1.0e-05', '0.0000001'],
  ])('a rate of %s per cent is %s', (percent, rate) => {
    expect(read({ vat_rate: percent }).total.taxRate).toEqual(exact(rate))
  })

  it('have no sign on a negative zero', () => {
    const { total } = read({ cost: '-0.0', vat_amount: '-0.0', cost_without_vat: '-0.0' })
    expect([total.net, total.tax, total.gross]).toEqual([euro('0.0'), euro('0.0'), euro('0.0')])
  })

  it('are exact beyond what a float holds', () => {
    const { total } = read({ cost_without_vat: '9007199254740993.0001', cost: '1.0e+16' })
    expect([total.net, total.gross]).toEqual([euro('9007199254740993.0001'), euro('10000000000000000')])
  })

  it('have the currency XXX if none is stated, in lines too', () => {
    const { total, lineItems } = read({ currency: '' })
    expect([total.net.currency, total.tax?.currency, total.gross?.currency]).toEqual(['XXX', 'XXX', 'XXX'])
    expect(lineItems?.[0]?.cost.net).toEqual({ ...exact('100.0'), currency: 'XXX' })
  })

  it('of a line take the tax of its invoice, exactly, whatever the quantity', () => {
    expect(readLine({ cost: '61.725', quantity: '12345' })).toMatchObject({
      quantity: exact('12345'),
      rate: null,
      cost: { net: euro('61.725'), tax: euro('12.96225'), gross: euro('74.68725'), taxBasis: 'COMPUTED' },
    })
  })
})

describe('the notices of an invoice', () => {
  it('are none for totals as 3scale computes them', () => {
    expect(read().notices).toEqual([])
    expect(
      read({
        cost: '0.16',
        vat_amount: '0.02625',
        cost_without_vat: '0.125',
        'line-items': lineElement({ cost: '0.125' }),
      }).notices,
    ).toEqual([])
  })

  it('state the difference between the lines and the total', () => {
    expect(read({ 'line-items': lineElement({ cost: '99.5' }) }).notices).toMatchObject([
      { code: 'TOTAL_MISMATCH', difference: euro('0.50') },
    ])
  })

  it('state the difference between the parts and the total with tax', () => {
    expect(read({ cost: '121.01' }).notices).toMatchObject([{ code: 'TOTAL_MISMATCH', difference: euro('0.01') }])
  })

  it('say that a negative tax makes the total with tax lower than the total without, and leave the figures alone', () => {
    const invoice = read({ cost: '90.0', vat_amount: '-10.0' })
    expect(invoice.notices).toMatchObject([{ code: 'TOTAL_MISMATCH', difference: euro('-10.0') }])
    expect(invoice.total).toMatchObject({ net: euro('100.0'), tax: euro('-10.0'), gross: euro('90.0') })
  })

  it('are none for a credit note, whose tax is negative as its total is', () => {
    const credit = { cost: '-121.0', vat_amount: '-21.0', cost_without_vat: '-100.0' }
    expect(read({ ...credit, 'line-items': lineElement({ cost: '-100.0' }) }).notices).toEqual([])
    const wrong = { cost: '-90.0', vat_amount: '10.0', cost_without_vat: '-100.0' }
    expect(read({ ...wrong, 'line-items': lineElement({ cost: '-100.0' }) }).notices).toMatchObject([
      { code: 'TOTAL_MISMATCH', difference: euro('10.0') },
    ])
  })
})

describe('the parties of an invoice', () => {
  it.each([
    ['1 Road\nUnit 2', ['1 Road', 'Unit 2']],
    ['1 Road\n', ['1 Road']],
    ['\n1 Road', ['1 Road']],
    ['1 Road\r\nUnit 2', ['1 Road', 'Unit 2']],
    [' 1 Road ', [' 1 Road ']],
    ['', []],
  ])('an address of %j has the lines %j', (sent, lines) => {
    const buyer = partyContent('71').replace('1 Road', sent)
    expect(read({ buyer }).buyer.address?.lines).toEqual(lines)
  })

  it('have no address if all its parts are empty', () => {
    const empty = '<id>71</id><org_name>Acme</org_name><address></address><city/><state/><country/><phone/><zip/>'
    expect(read({ buyer: empty }).buyer).toEqual({
      kind: 'Buyer',
      source: 'THREESCALE',
      nativeId: '71',
      name: 'Acme',
      deleted: false,
      address: null,
    })
  })

  it('keep their names as written', () => {
    const buyer = partyContent('71').replace('Acme', 'Ōtautahi &amp; 東京 &lt;"\'&gt;')
    expect(read({ buyer }).buyer.name).toBe('Ōtautahi & 東京 <"\'>')
  })
})
