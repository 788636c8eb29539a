import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, type Decimal, parseDecimal } from '../../../src/domain/decimal.js'
import type { InvoiceRecord, LineItemRecord } from '../../../src/standin/threescale/data.js'
import { formatDecimal } from '../../../src/standin/threescale/decimal.js'
import { invoiceMoney } from '../../../src/standin/threescale/invoice-money.js'
import { invoiceXml } from '../../../src/standin/threescale/invoice-xml.js'
import { decodeInvoice, decodeInvoicePage } from '../../../src/upstream/threescale/decode.js'
import { toInvoice } from '../../../src/upstream/threescale/mapping.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { asked, bytes, declaration, pageDocument } from './documents.js'
import { anyInvoice } from './random-tenants.js'

// The same tenants in every run.
fc.configureGlobal({ seed: 20261115 })

const zones = fc.constantFrom('UTC', 'Pacific/Auckland', 'Europe/Madrid', 'America/New_York')

function optional(value: number | null): string {
  return value === null ? '' : String(value)
}

function toWireLine(line: LineItemRecord) {
  return {
    id: String(line.id),
    name: line.name ?? '',
    description: line.description ?? '',
    quantity: optional(line.quantity),
    type: line.type,
    metric_id: optional(line.metricId),
    contract_id: optional(line.contractId),
  }
}

function inIdOrder(invoice: InvoiceRecord): readonly LineItemRecord[] {
  return invoice.lineItems.toSorted((left, right) => left.id - right.id)
}

function isWorth(figure: Decimal | null | undefined, text: string): boolean {
  return figure != null && compareDecimals(figure, parseDecimal(text)) === 0
}

describe('an invoice that the server prints', () => {
  it('decodes in a list to what was printed, to the last digit', () => {
    fc.assert(
      fc.property(anyInvoice, zones, (record, zone) => {
        const { cost, costWithoutVat, vat } = invoiceMoney(record)
        const [sent] = decodeInvoicePage(
          bytes(pageDocument([invoiceXml(record, nimbusMaps, zone, 'list')])),
          asked,
        ).invoices
        expect(sent).toMatchObject({
          id: String(record.id),
          friendly_id: record.friendlyId,
          creation_type: record.creationType,
          state: record.state,
          due_on: record.dueOn ?? '',
          issued_on: record.issuedOn ?? '',
          currency: record.currency,
          cost: formatDecimal(cost),
          cost_without_vat: formatDecimal(costWithoutVat),
          period: { from: `${record.period}-01` },
          buyer: { id: String(record.buyerId) },
          lineItems: inIdOrder(record).map(toWireLine),
        })
        expect([sent?.vat_rate, sent?.vat_amount]).toEqual(
          vat ? [formatDecimal(vat.rate), formatDecimal(vat.amount)] : [undefined, undefined],
        )
      }),
      { numRuns: 300 },
    )
  })

  it('maps to the same amounts, order and instants, without notices', () => {
    fc.assert(
      fc.property(anyInvoice, zones, (record, zone) => {
        const page = pageDocument([invoiceXml(record, nimbusMaps, zone, 'list')])
        const [sent] = decodeInvoicePage(bytes(page), asked).invoices
        if (!sent) throw new Error('no invoice')
        const mapped = toInvoice(sent, { asOf: '', stale: false })
        const { cost, costWithoutVat, vat } = invoiceMoney(record)
        expect(isWorth(mapped.total.gross, formatDecimal(cost))).toBe(true)
        expect(isWorth(mapped.total.net, formatDecimal(costWithoutVat))).toBe(true)
        expect(isWorth(mapped.total.tax, vat ? formatDecimal(vat.amount) : '0')).toBe(true)
        expect(mapped.notices).toEqual([])
        expect(mapped.paidAt).toBe(record.paidAt?.toISOString() ?? null)
        const lines = inIdOrder(record)
        expect(mapped.lineItems?.map(line => line.nativeId)).toEqual(lines.map(line => String(line.id)))
        expect(mapped.lineItems?.map((line, at) => isWorth(line.cost.net, lines[at]?.cost ?? ''))).toEqual(
          lines.map(() => true),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('decodes alone as in a list, but for the floats that the server makes of three figures', () => {
    fc.assert(
      fc.property(anyInvoice, zones, (record, zone) => {
        const alone = decodeInvoice(bytes(declaration + invoiceXml(record, nimbusMaps, zone, 'single')), asked)
        const [listed] = decodeInvoicePage(
          bytes(pageDocument([invoiceXml(record, nimbusMaps, zone, 'list')])),
          asked,
        ).invoices
        const { cost, vat_rate, vat_amount, ...rest } = alone
        expect({ ...listed, ...rest }).toEqual(listed)
        expect(Number(cost)).toBe(Number(listed?.cost))
        expect([vat_rate, vat_amount].map(Number)).toEqual([listed?.vat_rate, listed?.vat_amount].map(Number))
      }),
      { numRuns: 200 },
    )
  })
})
