import { describe, expect, it } from 'vitest'
import { formatDecimal } from '../../../src/domain/decimal.js'
import type { Invoice } from '../../../src/domain/invoice.js'
import type { LineItem } from '../../../src/domain/line-item.js'
import { UpstreamFormatError } from '../../../src/upstream/http/errors.js'
import { decodeAccount, decodeInvoice, decodeInvoicePage } from '../../../src/upstream/threescale/decode.js'
import { decodeErrorTexts } from '../../../src/upstream/threescale/decode-writes.js'
import { toBuyerAccount, toInvoice } from '../../../src/upstream/threescale/mapping.js'
import { asked } from './documents.js'
import { amount, euro, exact } from './exact.js'
import { hasSamples, sample } from './samples.js'

const asOf = '2026-11-15T03:00:00.000Z'
const november = 'November  1, 2023 ( 0:00) - November 30, 2023 (23:59)'

const provider = {
  kind: 'Provider',
  source: 'THREESCALE',
  nativeId: '4',
  name: 'Nimbus Maps Ltd',
  address: {
    lines: ['12 Canal Walk', 'Unit 3'],
    city: 'Leeds',
    state: 'West Yorkshire',
    postalCode: 'LS1 4AP',
    country: 'United Kingdom',
    phone: '+44 113 496 0000',
  },
} as const

const greta = {
  kind: 'Buyer',
  source: 'THREESCALE',
  nativeId: '71',
  name: 'Größe & Söhne <GmbH>',
  deleted: false,
  address: {
    lines: ['Hauptstraße 5'],
    city: 'München',
    state: 'Bayern',
    postalCode: '80331',
    country: 'Germany',
    phone: '+49 89 1234567',
  },
} as const

const sampleBuyer = {
  kind: 'Buyer',
  source: 'THREESCALE',
  nativeId: '72',
  name: '株式会社サンプル',
  deleted: false,
  address: { lines: ['丸の内1-1'], city: '東京', state: null, postalCode: '100-0005', country: 'JP', phone: null },
} as const

const couriers = {
  kind: 'Buyer',
  source: 'THREESCALE',
  nativeId: '73',
  name: 'O\'Brien "Fast" Couriers',
  deleted: false,
  address: {
    lines: ['Unit 9 & 10', 'Dock Rd > East Gate'],
    city: 'Cork',
    state: null,
    postalCode: 'T12 X0X0',
    country: 'Ireland',
    phone: null,
  },
} as const

const paid: Invoice = {
  kind: 'Invoice',
  source: 'THREESCALE',
  nativeId: '1201',
  number: '2023-11-00000001',
  state: 'PAID',
  rawState: 'paid',
  creationType: 'BACKGROUND',
  period: { month: '2023-11', start: '2023-11-01', endExclusive: '2023-12-01' },
  issuedOn: '2023-12-03',
  dueOn: '2023-12-05',
  paidAt: '2023-12-07T09:15:42.000Z',
  provider,
  buyer: greta,
  total: {
    net: euro('361.725'),
    tax: euro('75.96225'),
    gross: euro('437.69'),
    taxRate: exact('0.21'),
    taxBasis: 'STATED',
  },
  lineItems: [
    {
      kind: 'LineItem',
      source: 'THREESCALE',
      documentId: '1201',
      invoiceId: '1201',
      position: 0,
      nativeId: '9001',
      name: "Fixed fee ('Gold')",
      description: november,
      type: 'PLAN_COST',
      rawType: 'LineItem::PlanCost',
      quantity: exact('1'),
      unit: null,
      rate: null,
      cost: {
        net: euro('300.0'),
        tax: euro('63.000'),
        gross: euro('363.000'),
        taxRate: exact('0.21'),
        taxBasis: 'COMPUTED',
      },
      resource: null,
      metricId: null,
      contractId: '501',
      planId: '301',
    },
    {
      kind: 'LineItem',
      source: 'THREESCALE',
      documentId: '1201',
      invoiceId: '1201',
      position: 1,
      nativeId: '9002',
      name: 'Hits',
      description: november,
      type: 'VARIABLE_COST',
      rawType: 'LineItem::VariableCost',
      quantity: exact('12345'),
      unit: null,
      rate: null,
      cost: {
        net: euro('61.725'),
        tax: euro('12.96225'),
        gross: euro('74.68725'),
        taxRate: exact('0.21'),
        taxBasis: 'COMPUTED',
      },
      resource: null,
      metricId: '801',
      contractId: '501',
      planId: '301',
    },
  ],
  paymentCount: 2,
  notices: [],
  asOf,
  stale: false,
}

function readInvoice(name: string): Invoice {
  return toInvoice(decodeInvoice(sample(name), asked), { asOf, stale: false })
}

function readPage(name: string): readonly Invoice[] {
  return decodeInvoicePage(sample(name), asked).invoices.map(sent => toInvoice(sent, { asOf, stale: false }))
}

/** Net, tax and gross as stated, and the rate. */
function figuresOf({ total: { net, tax, gross, taxRate } }: Invoice): readonly (string | null)[] {
  return [net, tax, gross, taxRate].map(figure => figure && formatDecimal(figure))
}

function pick({ nativeId, type, rawType, quantity, metricId, contractId, cost }: LineItem) {
  return [nativeId, type, rawType, quantity && formatDecimal(quantity), metricId, contractId, formatDecimal(cost.net)]
}

describe.skipIf(!hasSamples)('single invoices as recorded', () => {
  it('reads all of the paid invoice', () => {
    expect(readInvoice('invoice-paid.xml')).toEqual(paid)
  })

  it('reads a fresh invoice without lines, numbers or dates', () => {
    const invoice = readInvoice('invoice-just-created.xml')
    expect(invoice).toEqual({
      ...paid,
      paymentCount: 0,
      nativeId: '1302',
      number: '2024-06-00000001',
      state: 'OPEN',
      rawState: 'open',
      creationType: 'MANUAL',
      period: { month: '2024-06', start: '2024-06-01', endExclusive: '2024-07-01' },
      issuedOn: null,
      dueOn: null,
      paidAt: null,
      buyer: couriers,
      total: {
        net: euro('0.0'),
        tax: euro('0.0'),
        gross: euro('0.0'),
        taxRate: exact('0'),
        taxBasis: 'STATED',
      },
      lineItems: [],
    })
  })

  it('reads an invoice whose buyer was deleted', () => {
    const invoice = readInvoice('invoice-deleted-buyer.xml')
    expect(invoice.buyer).toEqual({
      kind: 'Buyer',
      source: 'THREESCALE',
      nativeId: '66',
      name: null,
      deleted: true,
      address: null,
    })
    expect(figuresOf(invoice)).toEqual(['49.9988', '3.8499076', '53.85', '0.077'])
    expect(invoice.state).toBe('FAILED')
    expect(invoice.lineItems?.map(pick)).toEqual([
      ['9005', 'PLAN_COST', 'LineItem::PlanCost', null, null, '503', '49.99'],
      ['9006', 'VARIABLE_COST', 'LineItem::VariableCost', '880', '802', '503', '0.0088'],
    ])
    expect(invoice.lineItems?.[0]?.description).toBeNull()
    expect(invoice.notices).toEqual([])
  })

  it('reads a tiny tax in exponent form exactly', () => {
    const invoice = readInvoice('invoice-tiny-vat-exponent.xml')
    expect(invoice.total).toEqual({
      net: euro('0.0001'),
      tax: euro('0.000010'),
      gross: euro('0.0'),
      taxRate: exact('0.1'),
      taxBasis: 'STATED',
    })
    expect(invoice.number).toBe('2024-00000007')
    expect(invoice.notices).toEqual([])
  })
})

describe.skipIf(!hasSamples)('pages of invoices as recorded', () => {
  it('reads the totals of the list', () => {
    const { pagination } = decodeInvoicePage(sample('invoices-page.xml'), asked)
    expect(pagination).toEqual({ totalPages: 3, currentPage: 1, perPage: 8, totalEntries: 19 })
  })

  it('reads the same invoice from a list as alone', () => {
    const invoices = readPage('invoices-page.xml')
    expect(invoices[1]).toEqual(paid)
    expect(invoices[3]).toEqual(readInvoice('invoice-deleted-buyer.xml'))
  })

  it('reads every invoice in the order sent, with the figures stated', () => {
    const rows = readPage('invoices-page.xml').map(invoice => [
      invoice.nativeId,
      invoice.state,
      invoice.total.net.currency,
      ...figuresOf(invoice),
      invoice.period.month,
      invoice.period.endExclusive,
      invoice.paidAt,
    ])
    expect(rows).toEqual([
      ['1190', 'PAID', 'USD', '0.0', '0.0', '0.0', '0', '2023-06', '2023-07-01', '2023-07-03T00:05:00.000Z'],
      [
        '1201',
        'PAID',
        'EUR',
        '361.725',
        '75.96225',
        '437.69',
        '0.21',
        '2023-11',
        '2023-12-01',
        '2023-12-07T09:15:42.000Z',
      ],
      ['1202', 'CANCELLED', 'XXX', '0.0', '0.0', '0.0', '0', '2023-11', '2023-12-01', null],
      ['1204', 'FAILED', 'EUR', '49.9988', '3.8499076', '53.85', '0.077', '2023-12', '2024-01-01', null],
      ['1208', 'UNPAID', 'EUR', '260.3226', '54.667746', '314.99', '0.21', '2024-01', '2024-02-01', null],
      ['1215', 'PENDING', 'EUR', '1000.0', '100.0', '1100.0', '0.1', '2024-02', '2024-03-01', null],
      ['1216', 'FINALIZED', 'EUR', '0.125', '0.02625', '0.16', '0.21', '2024-03', '2024-04-01', null],
      ['1217', 'OPEN', 'EUR', '-129.5', '-27.195', '-156.7', '0.21', '2024-04', '2024-05-01', null],
    ])
  })

  it('adds no notices, although no total is the exact sum of its parts', () => {
    expect(readPage('invoices-page.xml').flatMap(invoice => invoice.notices)).toEqual([])
  })

  it('reads the parties with their umlauts, kanji, quotes and blank lines', () => {
    const invoices = readPage('invoices-page.xml')
    expect(invoices.map(({ buyer }) => buyer)).toEqual([
      couriers,
      greta,
      sampleBuyer,
      { kind: 'Buyer', source: 'THREESCALE', nativeId: '66', name: null, deleted: true, address: null },
      greta,
      sampleBuyer,
      couriers,
      greta,
    ])
    expect(invoices[2]?.provider).toEqual({ ...provider, address: { ...provider.address, country: 'GB' } })
  })

  it('reads lines with and without a type, their texts as they are', () => {
    const lines = readPage('invoices-page.xml')[7]?.lineItems ?? []
    expect(lines.map(pick)).toEqual([
      ['9040', 'MANUAL', null, '3', null, null, '450.5'],
      ['9041', 'MANUAL', null, null, null, null, '-600.0'],
      ['9042', 'PLAN_COST', 'LineItem::PlanCost', '1', null, '501', '20.0'],
    ])
    expect(lines.map(({ name, description }) => [name, description])).toEqual([
      ['Consulting — R&D <phase "2">', 'Travel\nHotel & meals'],
      ['Goodwill credit', null],
      ['Extra support', 'linked to an app'],
    ])
    expect(lines[1]?.cost).toEqual({
      net: euro('-600.0'),
      tax: euro('-126.000'),
      gross: euro('-726.000'),
      taxRate: exact('0.21'),
      taxBasis: 'COMPUTED',
    })
  })

  it('keeps an amount in the currency of its own invoice', () => {
    expect(readPage('invoices-page.xml')[0]?.lineItems?.map(line => line.cost.net)).toEqual([
      amount('31.0', 'USD'),
      amount('-31.0', 'USD'),
    ])
  })

  it.each([
    ['invoices-empty.xml', { totalPages: 1, currentPage: 1, perPage: 20, totalEntries: 0 }],
    ['invoices-page-past-end.xml', { totalPages: 3, currentPage: 9, perPage: 8, totalEntries: 19 }],
  ])('%s holds no invoice', (name, pagination) => {
    expect(decodeInvoicePage(sample(name), asked)).toEqual({ pagination, invoices: [] })
  })
})

describe.skipIf(!hasSamples)('accounts and errors as recorded', () => {
  it('reads an account as a buyer, without its card, users or plans', () => {
    expect(toBuyerAccount(decodeAccount(sample('account.xml'), asked))).toEqual({
      buyer: {
        kind: 'Buyer',
        source: 'THREESCALE',
        nativeId: '71',
        name: 'Größe & Söhne <GmbH>',
        deleted: false,
        address: {
          lines: ['Hauptstraße 5'],
          city: 'München',
          state: null,
          postalCode: null,
          country: 'Germany',
          phone: null,
        },
      },
      state: 'approved',
    })
  })

  it.each([
    ['error-403-access-denied.xml', 'Access denied'],
    ['error-403-finance-off.xml', 'Finance module not enabled for the account'],
    ['error-403-token-permissions.xml', 'Your access token does not have the correct permissions'],
    ['error-422-state.xml', 'Cannot transition to paid'],
    ['error-500.xml', null],
  ])('%s says %j', (name, text) => {
    expect(decodeErrorTexts(sample(name), asked)[0] ?? null).toBe(text)
  })

  it.each([
    'account.xml',
    'accounts-page.xml',
    'accounts-single-page.xml',
    'application.xml',
    'applications-page.xml',
    'error-403-access-denied.xml',
    'error-422-charge-failed.xml',
    'error-422-invoice-update.xml',
    'error-500.xml',
    'line-item-created.xml',
    'line-items.xml',
    'line-items-empty.xml',
    'metrics.xml',
    'payment-transactions.xml',
    'payment-transactions-empty.xml',
    'services-with-metrics.xml',
  ])('accepts %s neither as an invoice nor as a list of invoices', name => {
    expect(() => decodeInvoice(sample(name), asked)).toThrow(UpstreamFormatError)
    expect(() => decodeInvoicePage(sample(name), asked)).toThrow(UpstreamFormatError)
  })
})
