import { invoiceParameters } from './invoice-creation.js'
import { findInvoice, invoiceRoot } from './invoice-handlers.js'
import { periodFaults } from './invoice-period.js'
import { textOf } from './parameter-tree.js'
import { parameterMissing } from './responses.js'
import type { Answer } from './tenant.js'
import { type Fault, invalid } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

/** `PUT /api/invoices/{id}`: the period and the friendly id, in every state; a new period does not number anew. */
export const answerInvoiceUpdate: Answer = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const wrapper = call.parameters.wrapper('invoice', invoiceParameters)
  if (!(wrapper instanceof Map) || wrapper.size === 0) return parameterMissing('invoice')
  const period = textOf(wrapper, 'period') ?? invoice.period
  const friendlyId = textOf(wrapper, 'friendly_id') ?? invoice.friendlyId
  const faults = [
    ...(period === invoice.period ? [] : periodFaults(period, tenant)),
    ...(friendlyId === invoice.friendlyId ? [] : friendlyIdFaults(friendlyId)),
  ]
  if (faults.length > 0) return invalid(call.form, faults)

  beginWrite(tenant, call)
  const updated = { ...invoice, period, friendlyId, updatedAt: tenant.clock() }
  tenant.ledger.replaceInvoice(updated)
  return written(200, invoiceRoot(tenant, call, updated))
}

// Two invoices may have the same.
function friendlyIdFaults(friendlyId: string): readonly Fault[] {
  if (/^\d{4}-(?:\d{2}-)?\d{8}$/.test(friendlyId)) return []
  const format: Fault = { field: 'friendly_id', message: 'format should be YYYY-MM-XXXXXXXX or YYYY-XXXXXXXX' }
  return friendlyId.trim() === '' ? [{ field: 'friendly_id', message: "can't be blank" }, format] : [format]
}
