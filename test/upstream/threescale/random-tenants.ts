import fc from 'fast-check'
import {
  type InvoiceRecord,
  invoiceStates,
  type LineItemRecord,
  type ThreescaleData,
} from '../../../src/standin/threescale/data.js'
import { invoice, nimbusMaps } from '../../standin/threescale/nimbus-maps.js'

/** Text that XML can carry; carriage returns are left out, since every XML parser makes line feeds of them. */
const text = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map(sent => sent.replaceAll(/[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '~'))

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })

/** A decimal of up to four places. */
const cost = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, scale]) => printed(digits, scale))

const vatRate = fc.option(
  fc.integer({ min: 0, max: 10_000 }).map(digits => printed(BigInt(digits), 2)),
  { nil: undefined },
)

const line: fc.Arbitrary<LineItemRecord> = fc.record({
  id,
  name: fc.option(text),
  description: fc.option(text),
  quantity: fc.option(fc.integer({ min: -1000, max: Number.MAX_SAFE_INTEGER })),
  type: fc.constantFrom('', 'LineItem::PlanCost', 'LineItem::VariableCost'),
  metricId: fc.option(id),
  planId: fc.option(id),
  contractId: fc.option(id),
  contractType: fc.option(fc.constantFrom('Contract', 'Cinstance', 'ServiceContract', 'AccountContract')),
  cost,
})

const instant = fc.date({
  min: new Date('2008-01-01T00:00:00Z'),
  max: new Date('2040-01-01T00:00:00Z'),
  noInvalidDate: true,
})

/** `YYYY-MM`, past and future. */
export const month = fc
  .tuple(fc.integer({ min: 2012, max: 2031 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)

/** Any invoice that the stand-in can print. */
export const anyInvoice: fc.Arbitrary<InvoiceRecord> = fc
  .record({
    id,
    friendlyId: fc.constantFrom('2024-01-00000001', '2024-00000001', 'fix'),
    creationType: fc.constantFrom('manual', 'background'),
    state: fc.constantFrom(...invoiceStates),
    paidAt: fc.option(
      instant.map(at => new Date(Math.floor(at.getTime() / 1000) * 1000)),
      { nil: undefined },
    ),
    issuedOn: fc.option(instant.map(dayOf), { nil: undefined }),
    dueOn: fc.option(instant.map(dayOf), { nil: undefined }),
    currency: fc.constantFrom('', 'EUR', 'NZD', 'JPY'),
    vatRate,
    period: month,
    buyerId: fc.constantFrom(66, 71, 72, 73),
    lineItems: fc.uniqueArray(line, { selector: one => one.id, maxLength: 6 }),
  })
  .map(({ paidAt, issuedOn, dueOn, vatRate: rate, ...rest }) =>
    invoice(rest.id, {
      ...rest,
      ...(paidAt && { paidAt }),
      ...(issuedOn && { issuedOn }),
      ...(dueOn && { dueOn }),
      ...(rate !== undefined && { vatRate: rate }),
    }),
  )

/** A tenant of that many invoices at the most, many of them in the same months, their ids in the order of creation. */
export function anyTenant(maxInvoices: number): fc.Arbitrary<ThreescaleData> {
  return fc
    .uniqueArray(month, { minLength: 1, maxLength: 18 })
    .chain(months =>
      fc.array(fc.tuple(fc.constantFrom(...months), fc.constantFrom(71, 72, 73)), {
        maxLength: maxInvoices,
        size: 'max',
      }),
    )
    .map(periods => tenantOf(periods.map(([period, buyerId], index) => ({ id: 1001 + index * 7, period, buyerId }))))
}

/** The sample's parties with invoices of those ids, months and buyers. */
export function tenantOf(
  invoices: readonly { readonly id: number; readonly period: string; readonly buyerId?: number }[],
): ThreescaleData {
  return {
    ...nimbusMaps,
    invoices: invoices.map(({ id: nativeId, period, buyerId = 71 }) => invoice(nativeId, { period, buyerId })),
  }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

function printed(digits: bigint, scale: number): string {
  const magnitude = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const point = magnitude.length - scale
  const sign = digits < 0n ? '-' : ''
  return scale === 0 ? sign + magnitude : `${sign}${magnitude.slice(0, point)}.${magnitude.slice(point)}`
}
