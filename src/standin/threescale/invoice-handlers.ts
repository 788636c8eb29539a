import type { StandInResponse } from '../handler.js'
import { findActiveBuyer } from './account-handlers.js'
import type { InvoiceRecord } from './data.js'
import { invoiceJson } from './invoice-json.js'
import { selectInvoices } from './invoice-list.js'
import { invoiceXml } from './invoice-xml.js'
import { type Page, paginate } from './pagination.js'
import { frameworkError } from './responses.js'
import type { Call, RouteHandler, Tenant } from './tenant.js'
import { listValidators, type Root, resourceValidators, type Stamped, success } from './validators.js'
import { branch, empty } from './xml.js'

const defaultPerPage = 20

/** `GET /api/invoices`: all invoices of the tenant, including void ones. */
export const handleInvoices: RouteHandler = (tenant, call) => respondWithList(tenant, call, tenant.data.invoices)

/** `GET /api/accounts/{id}/invoices`: the invoices of a buyer that is not deleted. */
export const handleAccountInvoices: RouteHandler = (tenant, call, [accountId]) => {
  if (!findActiveBuyer(tenant, accountId)) return undefined
  const invoices = tenant.data.invoices.filter(({ buyerId }) => buyerId === accountId)
  return respondWithList(tenant, call, invoices)
}

/** `GET /api/invoices/{id}`: one invoice. */
export const handleInvoice: RouteHandler = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  return invoice && respondWithOne(tenant, call, invoice)
}

/** `GET /api/accounts/{id}/invoices/{id}`: one invoice. The development branch ignores the account. */
export const handleAccountInvoice: RouteHandler = (tenant, call, [accountId, id]) => {
  const invoice = findInvoice(tenant, id)
  const isOfAccount = invoice?.buyerId === accountId && findActiveBuyer(tenant, accountId) !== undefined
  if (tenant.generation === 'released' && !isOfAccount) return undefined
  return invoice && respondWithOne(tenant, call, invoice)
}

/** Invoice with this id. */
export function findInvoice(tenant: Tenant, id: number | undefined): InvoiceRecord | undefined {
  return tenant.data.invoices.find(invoice => invoice.id === id)
}

/** Document of one invoice. */
export function invoiceRoot(tenant: Tenant, call: Call, invoice: InvoiceRecord): Root {
  return call.form === 'json'
    ? invoiceJson(invoice, tenant.timeZone, originOf(call))
    : invoiceXml(invoice, tenant.data, tenant.timeZone, 'single')
}

/** Origin of the server's links. */
export function originOf(call: Call): string {
  return `http://${call.headers.host ?? ''}`
}

/** Part of an invoice that its cache validators depend on, which excludes its lines and payments. */
export function invoiceStamp(invoice: InvoiceRecord): Stamped {
  return { id: invoice.id, updatedAt: invoice.updatedAt ?? invoice.createdAt }
}

function respondWithOne(tenant: Tenant, call: Call, invoice: InvoiceRecord): StandInResponse {
  const validators = resourceValidators('invoice', invoiceStamp(invoice), tenant.generation)
  return success(call, invoiceRoot(tenant, call, invoice), validators)
}

function respondWithList(tenant: Tenant, call: Call, invoices: readonly InvoiceRecord[]): StandInResponse | undefined {
  // A filter takes one value; a list of values makes the real server fail.
  if ([...call.query.keys()].some(name => /^(?:state|month|number|year|month_number)\[/.test(name))) {
    return frameworkError(500)
  }
  const selected = selectInvoices(invoices, call.query, tenant.data, tenant.generation)
  const page = paginate(selected, call.query, defaultPerPage)
  if (!page) return undefined
  const root = call.form === 'json' ? jsonPage(tenant, call, page) : xmlPage(tenant, page)
  return success(call, root, listValidators(page.items.map(invoiceStamp)))
}

// The totals are present even if there is only one page.
function xmlPage(tenant: Tenant, page: Page<InvoiceRecord>): Root {
  const pagination = empty('pagination', {
    total_pages: page.totalPages,
    current_page: String(page.currentPage),
    per_page: page.perPage,
    total_entries: page.totalEntries,
  })
  const elements = page.items.map(invoice => invoiceXml(invoice, tenant.data, tenant.timeZone, 'list'))
  return branch('invoices', [pagination, ...elements], { version: '1.0' })
}

// The totals are present only if there is more than one page.
function jsonPage(tenant: Tenant, call: Call, page: Page<InvoiceRecord>): Root {
  const metadata = {
    per_page: page.perPage,
    total_entries: page.totalEntries,
    total_pages: page.totalPages,
    current_page: Number(page.currentPage),
  }
  return {
    invoices: page.items.map(invoice => invoiceJson(invoice, tenant.timeZone, originOf(call))),
    metadata: page.totalEntries > page.perPage ? metadata : undefined,
  }
}
