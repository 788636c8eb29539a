import type { StandInResponse } from '../handler.js'
import { findLivingBuyer } from './account-handlers.js'
import type { InvoiceRecord } from './data.js'
import { invoiceJson } from './invoice-json.js'
import { selectInvoices } from './invoice-list.js'
import { invoiceXml } from './invoice-xml.js'
import { type Page, paginate } from './pagination.js'
import { frameworkError } from './responses.js'
import type { Answer, Call, Tenant } from './tenant.js'
import { listValidators, type Root, resourceValidators, type Stamped, success } from './validators.js'
import { branch, empty } from './xml.js'

const defaultPerPage = 20

/** `GET /api/invoices`: all invoices of the tenant, void ones too. */
export const answerInvoices: Answer = (tenant, call) => answerList(tenant, call, tenant.data.invoices)

/** `GET /api/accounts/{id}/invoices`: those of one buyer that is not deleted. */
export const answerAccountInvoices: Answer = (tenant, call, [accountId]) => {
  if (!findLivingBuyer(tenant, accountId)) return undefined
  const invoices = tenant.data.invoices.filter(({ buyerId }) => buyerId === accountId)
  return answerList(tenant, call, invoices)
}

/** `GET /api/invoices/{id}`. */
export const answerInvoice: Answer = (tenant, call, [id]) => {
  const invoice = findInvoice(tenant, id)
  return invoice && answerOne(tenant, call, invoice)
}

/** `GET /api/accounts/{id}/invoices/{id}`: the development head does not look at the account at all. */
export const answerAccountInvoice: Answer = (tenant, call, [accountId, id]) => {
  const invoice = findInvoice(tenant, id)
  const isOfAccount = invoice?.buyerId === accountId && findLivingBuyer(tenant, accountId) !== undefined
  if (tenant.generation === 'released' && !isOfAccount) return undefined
  return invoice && answerOne(tenant, call, invoice)
}

/** The tenant's invoice with this id. */
export function findInvoice(tenant: Tenant, id: number | undefined): InvoiceRecord | undefined {
  return tenant.data.invoices.find(invoice => invoice.id === id)
}

/** One invoice, alone. */
export function invoiceRoot(tenant: Tenant, call: Call, invoice: InvoiceRecord): Root {
  return call.form === 'json'
    ? invoiceJson(invoice, tenant.timeZone, originOf(call))
    : invoiceXml(invoice, tenant.data, tenant.timeZone, 'single')
}

/** What the server's links begin with. */
export function originOf(call: Call): string {
  return `http://${call.headers.host ?? ''}`
}

/** What an invoice's cache validators are computed from: its lines and payments have no part in it. */
export function invoiceStamp(invoice: InvoiceRecord): Stamped {
  return { id: invoice.id, updatedAt: invoice.updatedAt ?? invoice.createdAt }
}

function answerOne(tenant: Tenant, call: Call, invoice: InvoiceRecord): StandInResponse {
  const validators = resourceValidators('invoice', invoiceStamp(invoice), tenant.generation)
  return success(call, invoiceRoot(tenant, call, invoice), validators)
}

function answerList(tenant: Tenant, call: Call, invoices: readonly InvoiceRecord[]): StandInResponse | undefined {
  // Filters take one text each; a list of values breaks the real server.
  if ([...call.query.keys()].some(name => /^(?:state|month|number|year|month_number)\[/.test(name))) {
    return frameworkError(500)
  }
  const selected = selectInvoices(invoices, call.query, tenant.data, tenant.generation)
  const page = paginate(selected, call.query, defaultPerPage)
  if (!page) return undefined
  const root = call.form === 'json' ? jsonPage(tenant, call, page) : xmlPage(tenant, page)
  return success(call, root, listValidators(page.items.map(invoiceStamp)))
}

// The totals are there even when one page is enough.
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

// The totals are there only when one page is not enough.
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
