import type { InvoiceRecord, LineItemRecord } from './data.js'
import { parseDecimal } from './decimal.js'
import { float } from './invoice-json.js'
import type { JsonObject } from './json.js'
import { formatTimestamp } from './zoned-time.js'

/**
 * Line in the undocumented JSON format. Its key is the line's class.
 *
 * @param origin origin of the links
 */
export function lineItemJson(
  item: LineItemRecord,
  invoice: InvoiceRecord,
  timeZone: string,
  origin: string,
): JsonObject {
  const application = item.cinstanceId ?? (item.contractType === 'Cinstance' ? item.contractId : null)
  const applicationPath = `/admin/api/accounts/${invoice.buyerId}/applications/${application}`
  return {
    [classes[item.type]]: {
      id: item.id,
      name: item.name ?? undefined,
      description: item.description ?? undefined,
      quantity: item.quantity ?? undefined,
      cost: float(parseDecimal(item.cost)),
      metric_id: item.metricId ?? undefined,
      type: item.type,
      contract_id: item.contractId ?? undefined,
      contract_type: item.contractType ?? undefined,
      plan_id: item.planId ?? undefined,
      // The stand-in does not store times of lines.
      created_at: formatTimestamp(invoice.createdAt, timeZone),
      updated_at: formatTimestamp(invoice.createdAt, timeZone),
      links: [
        ...(application === null ? [] : [{ rel: 'application', href: origin + applicationPath }]),
        { rel: 'invoice', href: `${origin}/api/invoices/${invoice.id}` },
      ],
    },
  }
}

const classes = {
  '': 'line_item',
  'LineItem::PlanCost': 'plan_cost',
  'LineItem::VariableCost': 'variable_cost',
} as const
