import type { StandInRequest, StandInResponse } from '../server.js'
import type { InvoiceRecord } from './data.js'
import { selectInvoices } from './invoice-list.js'
import { invoiceXml } from './invoice-xml.js'
import { lineItemElements } from './line-item-xml.js'
import { paginate } from './pagination.js'
import { frameworkError } from './responses.js'
import type { Answer, Tenant } from './tenant.js'
import { listValidators, resourceValidators, type Stamped, success } from './validators.js'
import { branch, empty } from './xml.js'

const defaultPerPage = 20

/** `GET /api/invoices`: all invoices of the tenant, void ones too. */
export const answerInvoices: Answer = (tenant, request) => answerList(tenant, request, tenant.data.invoices)

/** `GET /api/accounts/{id}/invoices`: those of one buyer that is not deleted. */
export const answerAccountInvoices: Answer = (tenant, request, [accountId]) => {
  if (!isLivingBuyer(tenant, accountId)) return undefined
  const invoices = tenant.data.invoices.filter(({ buyerId }) => buyerId === accountId)
  return answerList(tenant, request, invoices)
}

/** `GET /api/invoices/{id}`. */
export const answerInvoice: Answer = (tenant, request, [id]) => {
  const invoice = findInvoice(tenant, id)
  return invoice && answerOne(tenant, request, invoice)
}

/** `GET /api/accounts/{id}/invoices/{id}`: the development head does not look at the account at all. */
export const answerAccountInvoice: Answer = (tenant, request, [accountId, id]) => {
  const invoice = findInvoice(tenant, id)
  const isOfAccount = invoice?.buyerId === accountId && isLivingBuyer(tenant, accountId)
  if (tenant.generation === 'released' && !isOfAccount) return undefined
  return invoice && answerOne(tenant, request, invoice)
}

/** `GET /api/invoices/{id}/line_items`: not paginated. The root's name has an underscore, unlike inside an invoice. */
export const answerLineItems: Answer = (tenant, request, [id]) => {
  const invoice = findInvoice(tenant, id)
  if (!invoice) return undefined
  const stamps = invoice.lineItems.map(item => ({ id: item.id, updatedAt: invoiceStamp(invoice).updatedAt }))
  return success(request, branch('line_items', lineItemElements(invoice)), listValidators(stamps))
}

function findInvoice(tenant: Tenant, id: number | undefined): InvoiceRecord | undefined {
  return tenant.data.invoices.find(invoice => invoice.id === id)
}

function isLivingBuyer(tenant: Tenant, accountId: number | undefined): boolean {
  return tenant.data.buyers.some(({ id, isDeleted }) => id === accountId && !isDeleted)
}

function answerOne(tenant: Tenant, request: StandInRequest, invoice: InvoiceRecord): StandInResponse {
  const root = invoiceXml(invoice, tenant.data, tenant.timeZone, 'single')
  return success(request, root, resourceValidators('invoice', invoiceStamp(invoice), tenant.generation))
}

function answerList(
  tenant: Tenant,
  request: StandInRequest,
  invoices: readonly InvoiceRecord[],
): StandInResponse | undefined {
  // Filters take one text each; a list of values breaks the real server.
  if ([...request.query.keys()].some(name => /^(?:state|month|number|year|month_number)\[/.test(name))) {
    return frameworkError(500)
  }
  const selected = selectInvoices(invoices, request.query, tenant.data, tenant.generation)
  const page = paginate(selected, request.query, defaultPerPage)
  if (!page) return undefined
  const pagination = empty('pagination', {
    total_pages: page.totalPages,
    current_page: String(page.currentPage),
    per_page: page.perPage,
    total_entries: page.totalEntries,
  })
  const elements = page.items.map(invoice => invoiceXml(invoice, tenant.data, tenant.timeZone, 'list'))
  const root = branch('invoices', [pagination, ...elements], { version: '1.0' })
  return success(request, root, listValidators(page.items.map(invoiceStamp)))
}

function invoiceStamp(invoice: InvoiceRecord): Stamped {
  return { id: invoice.id, updatedAt: invoice.updatedAt ?? invoice.createdAt }
}
