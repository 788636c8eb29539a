import { invoiceParameters } from './invoice-creation.js'
import { findInvoice, invoiceRoot } from './invoice-handlers.js'
import { periodErrors } from './invoice-period.js'
import { textOf } from './parameter-tree.js'
import { parameterMissing } from './responses.js'
import type { RouteHandler } from './tenant.js'
import { invalid, type ValidationError } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

/** `PUT /api/invoices/{id}`: changes period or friendly id, in every state. A new period keeps the friendly id. */
export const handleInvoiceUpdate: RouteHandler = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const wrapper = call.parameters.wrapper('invoice', invoiceParameters)
  if (!(wrapper instanceof Map) || wrapper.size === 0) return parameterMissing('invoice')
  const period = textOf(wrapper, 'period') ?? invoice.period
  const friendlyId = textOf(wrapper, 'friendly_id') ?? invoice.friendlyId
  const errors = [
    ...(period === invoice.period ? [] : periodErrors(period, tenant)),
    ...(friendlyId === invoice.friendlyId ? [] : friendlyIdErrors(friendlyId)),
  ]
  if (errors.length > 0) return invalid(call.form, errors)

  beginWrite(tenant, call)
  const updated = { ...invoice, period, friendlyId, updatedAt: tenant.clock() }
  tenant.ledger.replaceInvoice(updated)
  return written(200, invoiceRoot(tenant, call, updated))
}

// Friendly ids need not be unique.
function friendlyIdErrors(friendlyId: string): readonly ValidationError[] {
  if (/^\d{4}-(?:\d{2}-)?\d{8}$/.test(friendlyId)) return []
  const format: ValidationError = {
    field: 'friendly_id',
    message: 'format should be YYYY-MM-XXXXXXXX or YYYY-XXXXXXXX',
  }
  return friendlyId.trim() === '' ? [{ field: 'friendly_id', message: "can't be blank" }, format] : [format]
}
