import { findActiveBuyer } from './account-handlers.js'
import type { InvoiceRecord } from './data.js'
import { invoiceRoot } from './invoice-handlers.js'
import { currentPeriod, periodErrors } from './invoice-period.js'
import { locationOf } from './location.js'
import { leadingInteger } from './pagination.js'
import { textOf } from './parameter-tree.js'
import { parameterMissing } from './responses.js'
import type { RouteHandler } from './tenant.js'
import { invalid, type ValidationError } from './validation.js'
import { written } from './validators.js'
import { beginWrite } from './write.js'

/** Parameters of an invoice inside the wrapper. */
export const invoiceParameters = ['period', 'friendly_id'] as const

/** `POST /api/invoices`: an open invoice without lines, by `account_id` and `invoice[period]`. */
export const handleInvoiceCreation: RouteHandler = (tenant, call) => {
  const accountId = call.parameters.text('account_id')
  if (!accountId?.trim()) return parameterMissing('account_id')
  const wrapper = call.parameters.wrapper('invoice', invoiceParameters)
  if (!(wrapper instanceof Map)) return parameterMissing('invoice')
  const now = tenant.clock()
  const period = textOf(wrapper, 'period') ?? currentPeriod(now)
  const buyer = findActiveBuyer(tenant, Number(leadingInteger(accountId)))
  const noBuyer: ValidationError = { field: 'buyer_account', message: "can't be blank" }
  const errors = [...(buyer ? [] : [noBuyer]), ...periodErrors(period, tenant)]
  if (!buyer || errors.length > 0) return invalid(call.form, errors)

  beginWrite(tenant, call)
  const { ledger } = tenant
  const invoice: InvoiceRecord = {
    id: ledger.nextInvoiceId(),
    friendlyId: ledger.nextFriendlyId(tenant.knobs.numbering === 'yearly' ? period.slice(0, 4) : period),
    creationType: 'manual',
    state: 'open',
    createdAt: now,
    currency: tenant.data.provider.currency,
    ...(buyer.vatRate === undefined ? {} : { vatRate: buyer.vatRate }),
    period,
    buyerId: buyer.id,
    lineItems: [],
    paymentTransactionsCount: 0,
  }
  ledger.addInvoice(invoice)
  return written(201, invoiceRoot(tenant, call, invoice), locationOf(call, invoice.id))
}
