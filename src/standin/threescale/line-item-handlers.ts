import type { InvoiceRecord, LineItemRecord } from './data.js'
import { findInvoice, invoiceStamp, originOf } from './invoice-handlers.js'
import { lineItemJson } from './line-item-json.js'
import { lineItemElements, lineItemXml } from './line-item-xml.js'
import type { Call, RouteHandler, Tenant } from './tenant.js'
import { listValidators, type Root, success } from './validators.js'
import { branch } from './xml.js'

/** `GET /api/invoices/{id}/line_items`: all lines. The root's name has an underscore, unlike in an invoice. */
export const handleLineItems: RouteHandler = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const items = invoice.lineItems.toSorted((a, b) => a.id - b.id)
  const root =
    call.form === 'json'
      ? { line_items: items.map(item => lineItemJson(item, invoice, tenant.timeZone, originOf(call))) }
      : branch('line_items', lineItemElements(invoice))
  const { updatedAt } = invoiceStamp(invoice)
  return success(call, root, listValidators(items.map(item => ({ id: item.id, updatedAt }))))
}

/** Document of one line. */
export function lineItemRoot(tenant: Tenant, call: Call, invoice: InvoiceRecord, item: LineItemRecord): Root {
  return call.form === 'json' ? lineItemJson(item, invoice, tenant.timeZone, originOf(call)) : lineItemXml(item)
}
