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
import type { RouteHandler } from './tenant.js'
import { invalid, type ValidationError } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

/** Parameters of a line inside the wrapper. Name, description, quantity and cost are always outside. */
const wrapped = ['metric_id', 'contract_id', 'plan_id', 'cinstance_id', 'type'] as const

const wrongState: ValidationError = { field: 'base', message: 'Invalid invoice state' }
const types: readonly LineItemType[] = ['', 'LineItem::PlanCost', 'LineItem::VariableCost']
const longest = 255

/** `POST /api/invoices/{id}/line_items`: adds a line. Not found if it refers to another buyer's record. */
export const handleLineItemCreation: RouteHandler = (tenant, call, [id]) => {
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
  if (type === undefined) return invalid(call.form, [typeError(sentType)])
  const name = parameters.text('name') ?? null
  const description = parameters.text('description') ?? null
  const errors = [...lengthErrors('name', name), ...lengthErrors('description', description)]
  if (errors.length > 0) return invalid(call.form, errors)

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

/** `DELETE /api/invoices/{id}/line_items/{id}`: an empty response. A wrong invoice state is a 403 here. */
export const handleLineItemDeletion: RouteHandler = (tenant, call, [invoiceId, id]) => {
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

function typeError(type: string): ValidationError {
  return type === 'LineItem'
    ? { field: 'type', message: 'is not included in the list' }
    : { field: 'base', message: 'Invalid Line item type' }
}

function lengthErrors(field: 'name' | 'description', text: string | null): readonly ValidationError[] {
  const isTooLong = text !== null && [...text].length > longest
  return isTooLong ? [{ field, message: `is too long (maximum is ${longest} characters)` }] : []
}

// `2.5` is 2, text without a number is 0, and a blank is null.
function parseQuantity(text: string | undefined): number | null {
  return text?.trim() ? Number(leadingInteger(text)) : null
}
