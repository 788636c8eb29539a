import fc from 'fast-check'
import { parseDecimal } from '../../src/domain/decimal.js'
import type { Invoice } from '../../src/domain/invoice.js'
import type { CloudResource, LineItem } from '../../src/domain/line-item.js'
import { parseMoney } from '../../src/domain/money.js'
import { toPeriod } from '../../src/domain/period.js'
import type { Quotation } from '../../src/domain/quotation.js'
import { addTax, type TaxedMoney } from '../../src/domain/taxed-money.js'

const PROJECT = '8ec0ca9a4b1f4fb7a3d2c1b0a9f8e7d6'

/** So much New Zealand money without tax, and 15 % on it. */
export function nzd(net: string): TaxedMoney {
  return addTax(parseMoney(net, 'NZD'), parseDecimal('0.15'))
}

/** A line that charges for a cloud resource of that name. */
export function resourceLine(name: string | null, cost: string, resource: Partial<CloudResource> = {}): LineItem {
  const product = resource.product ?? 'c1.c2r4'
  return line({
    name: name ?? product,
    cost: nzd(cost),
    resource: { resourceId: null, name, region: 'nz-por-1', category: 'Compute', product, ...resource },
  })
}

/** A line of a Catalyst bill, charging for no resource. */
export function line(members: Partial<LineItem>): LineItem {
  return {
    kind: 'LineItem',
    source: 'CATALYST',
    documentId: `${PROJECT}/2026-10-31`,
    invoiceId: `${PROJECT}/2026-10-31`,
    position: 0,
    nativeId: null,
    name: 'web-01',
    description: null,
    type: 'RESOURCE_USAGE',
    rawType: 'Compute',
    quantity: null,
    unit: null,
    rate: null,
    cost: nzd('1.00'),
    resource: null,
    metricId: null,
    contractId: null,
    planId: null,
    ...members,
  }
}

/** A Catalyst bill for October 2026. */
export function invoice(members: Partial<Invoice>): Invoice {
  return {
    kind: 'Invoice',
    source: 'CATALYST',
    nativeId: `${PROJECT}/2026-10-31`,
    number: null,
    state: 'PAID',
    rawState: 'paid',
    creationType: null,
    issuedOn: '2026-10-31',
    dueOn: null,
    paidAt: null,
    lineItems: [],
    hasPayments: false,
    notices: [],
    stale: false,
    ...document,
    ...members,
  }
}

/** A quotation for October 2026. */
export function quotation(members: Partial<Quotation>): Quotation {
  return {
    kind: 'Quotation',
    source: 'CATALYST',
    regions: [],
    missingRegions: [],
    lineItems: [],
    notices: [],
    stale: false,
    ...document,
    ...members,
  }
}

const document = {
  period: toPeriod('2026-10'),
  provider: { kind: 'Provider', source: 'CATALYST', nativeId: 'catalyst-cloud', name: 'Catalyst Cloud', address: null },
  buyer: { kind: 'Buyer', source: 'CATALYST', nativeId: PROJECT, name: 'hosting', deleted: false, address: null },
  total: nzd('1.00'),
  asOf: '2026-11-02T03:04:05.000Z',
} as const

const anyMonth = fc
  .tuple(fc.integer({ min: 2016, max: 2027 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`)

const threescaleInvoice = fc
  .tuple(anyMonth, fc.bigInt({ min: 1n, max: 10n ** 19n - 1n }))
  .map(([month, id]) => invoice({ source: 'THREESCALE', nativeId: String(id), period: toPeriod(month) }))

const catalystInvoice = fc
  .tuple(anyMonth, fc.integer({ min: 1, max: 28 }), fc.constantFrom('a1', 'a-1', 'A_1', 'b2', PROJECT))
  .map(([month, day, project]) =>
    invoice({ nativeId: `${project}/${month}-${String(day).padStart(2, '0')}`, period: toPeriod(month) }),
  )

/** Few amounts and days, so that many invoices share one. */
const anyNet = fc.constantFrom('-12.50', '0.00', '7.00', '7.001', '1234567.89')
const anyDay = fc.constantFrom(null, '2026-10-01', '2026-10-31', '2026-11-05')

/** Invoices of both systems, no two of the same id. */
export const anyInvoices: fc.Arbitrary<readonly Invoice[]> = fc.uniqueArray(
  fc.tuple(fc.oneof(threescaleInvoice, catalystInvoice), anyNet, anyDay, anyDay).map(([one, net, issuedOn, dueOn]) => ({
    ...one,
    total: nzd(net),
    issuedOn,
    dueOn,
  })),
  { selector: ({ source, nativeId }) => `${source} ${nativeId}`, maxLength: 60 },
)
