import type { InvoiceRecord, LineItemRecord } from './data.js'
import { formatDecimal, parseDecimal } from './decimal.js'
import { branch, leaf } from './xml.js'

/** `<line-item>` elements of an invoice, in id order. */
export function lineItemElements(invoice: InvoiceRecord): readonly string[] {
  return invoice.lineItems.toSorted((a, b) => a.id - b.id).map(lineItemXml)
}

/** `<line-item>` element. */
export function lineItemXml(item: LineItemRecord): string {
  return branch('line-item', [
    leaf('id', item.id),
    leaf('name', item.name),
    leaf('description', item.description),
    leaf('quantity', item.quantity),
    leaf('type', item.type),
    leaf('metric_id', item.metricId),
    leaf('plan_id', item.planId),
    leaf('contract_id', item.contractId),
    leaf('contract_type', item.contractType),
    leaf('cost', formatDecimal(parseDecimal(item.cost))),
  ])
}
