import type { InvoiceRecord } from './data.js'
import { type Decimal, formatFloat } from './decimal.js'
import { invoiceMoney } from './invoice-money.js'
import { JsonFloat, type JsonObject } from './json.js'
import { lastDay } from './month.js'
import { formatTimestamp } from './zoned-time.js'

/**
 * Invoice in the undocumented JSON format. It has more times, but no lines, parties or number of payments. Money is a
 * float.
 *
 * @param origin origin of the links
 */
export function invoiceJson(invoice: InvoiceRecord, timeZone: string, origin: string): JsonObject {
  const { cost, costWithoutVat, vat } = invoiceMoney(invoice)
  const { createdAt, updatedAt = createdAt, paidAt, period } = invoice
  const self = `${origin}/api/invoices/${invoice.id}`
  return {
    invoice: {
      id: invoice.id,
      friendly_id: invoice.friendlyId,
      created_at: formatTimestamp(createdAt, timeZone),
      updated_at: formatTimestamp(updatedAt, timeZone),
      state: invoice.state,
      paid_at: paidAt && formatTimestamp(paidAt, timeZone),
      due_on: invoice.dueOn,
      issued_on: invoice.issuedOn,
      currency: invoice.currency || undefined,
      cost: float(cost),
      vat_rate: vat ? float(vat.rate) : null,
      vat_amount: vat ? float(vat.amount) : null,
      cost_without_vat: float(costWithoutVat),
      period: { begin: `${period}-01`, end: lastDay(period) },
      creation_type: invoice.creationType,
      links: [
        { rel: 'account', href: `${origin}/admin/api/accounts/${invoice.buyerId}` },
        { rel: 'self', href: self },
        { rel: 'payment_transactions', href: `${self}/payment_transactions` },
        { rel: 'line_items', href: `${self}/line_items` },
      ],
    },
  }
}

/** Decimal as Ruby prints a float. */
export function float(value: Decimal): JsonFloat {
  return new JsonFloat(formatFloat(value))
}
