import { parseCost } from './cost-text.js'
import type { InvoiceRecord, LineItemRecord, LineItemType } from './data.js'
import { formatDecimal } from './decimal.js'
import { findInvoice } from './invoice-handlers.js'
import { lineItemRoot } from './line-item-handlers.js'
import { lineItemReferences } from './line-item-references.js'
import { locationOf } from './location.js'
import { leadingInteger } from './pagination.js'
import { textOf } from './parameter-tree.js'
import { emptyXml, parameterMissing } from './responses.js'
import type { Answer } from './tenant.js'
import { type Fault, invalid } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

/** The parameters of a line that are read from the wrapper; name, description, quantity and cost never are. */
const wrapped = ['metric_id', 'contract_id', 'plan_id', 'cinstance_id', 'type'] as const

const wrongState: Fault = { field: 'base', message: 'Invalid invoice state' }
const types: readonly LineItemType[] = ['', 'LineItem::PlanCost', 'LineItem::VariableCost']
const longest = 255

/** `POST /api/invoices/{id}/line_items`. What refers to nobody of the buyer's is not found; nothing is made then. */
export const answerLineItemCreation: Answer = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const { parameters } = call
  const wrapper = parameters.wrapper('line_item', wrapped)
  if (!(wrapper instanceof Map) || wrapper.size === 0) return parameterMissing('line_item')
  const references = lineItemReferences(tenant, invoice, wrapper)
  if (!references) return undefined
  if (!isEditable(invoice)) return invalid(call.form, [wrongState])
  const sentType = textOf(wrapper, 'type')?.trim() ?? ''
  const type = types.find(known => known === sentType)
  if (type === undefined) return invalid(call.form, [typeFault(sentType)])
  const name = parameters.text('name') ?? null
  const description = parameters.text('description') ?? null
  const faults = [...lengthFaults('name', name), ...lengthFaults('description', description)]
  if (faults.length > 0) return invalid(call.form, faults)

  beginWrite(tenant, call, [name, description])
  const item: LineItemRecord = {
    id: tenant.ledger.nextLineItemId(),
    name,
    description,
    quantity: parseQuantity(parameters.text('quantity')),
    type,
    ...references,
    cost: formatDecimal(parseCost(parameters.text('cost') ?? '')),
  }
  tenant.ledger.replaceInvoice({ ...invoice, lineItems: [...invoice.lineItems, item] })
  return written(201, lineItemRoot(tenant, call, invoice, item), locationOf(call, item.id))
}

/** `DELETE /api/invoices/{id}/line_items/{id}`: an empty answer. The wrong state is a 403 here. */
export const answerLineItemDeletion: Answer = (tenant, call, [invoiceId, id]) => {
  const invoice = findInvoice(tenant, invoiceId)
  if (!invoice?.lineItems.some(item => item.id === id)) return undefined
  if (!isEditable(invoice)) return invalid(call.form, [wrongState], 403)
  beginWrite(tenant, call)
  tenant.ledger.replaceInvoice({ ...invoice, lineItems: invoice.lineItems.filter(item => item.id !== id) })
  return call.form === 'json' ? { status: 200 } : emptyXml(200)
}

function isEditable({ state }: InvoiceRecord): boolean {
  return state === 'open' || state === 'finalized'
}

function typeFault(type: string): Fault {
  return type === 'LineItem'
    ? { field: 'type', message: 'is not included in the list' }
    : { field: 'base', message: 'Invalid Line item type' }
}

function lengthFaults(field: 'name' | 'description', text: string | null): readonly Fault[] {
  const isTooLong = text !== null && [...text].length > longest
  return isTooLong ? [{ field, message: `is too long (maximum is ${longest} characters)` }] : []
}

// `2.5` is 2, words are 0, and nothing stays nothing.
function parseQuantity(text: string | undefined): number | null {
  return text?.trim() ? Number(leadingInteger(text)) : null
}
