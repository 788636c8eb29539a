import type { Invoice } from '../domain/invoice.js'
import type { LineItem } from '../domain/line-item.js'
import { monthOf } from '../domain/period.js'
import type { Quotation } from '../domain/quotation.js'
import { loadInvoice } from './invoices.js'
import type { Loaders } from './loaders.js'

/** A document's lines in the order billed; null when its system will not tell them. */
export async function loadLinesOf(
  loaders: Loaders,
  document: Invoice | Quotation,
): Promise<readonly LineItem[] | null> {
  if (document.lineItems) return document.lineItems
  const { kind, source } = document
  if (kind === 'Invoice') return (await loadInvoice(loaders, source, document.nativeId))?.lineItems ?? null
  const regions = document.regions.map(({ region }) => region)
  const question = { projectId: document.buyer.nativeId, regions, detailed: true }
  return (await loaders.catalyst?.quotations.load(question))?.quotation?.lineItems ?? null
}

/** A line of an invoice by its place, or by 3scale's own id; null when there is none such. */
export async function loadInvoiceLine(
  loaders: Loaders,
  invoice: Pick<LineItem, 'source' | 'documentId'>,
  line: { readonly position: number } | { readonly nativeId: string },
): Promise<LineItem | null> {
  const lines = await loadBilledLines(loaders, invoice)
  const found = 'nativeId' in line ? lines?.find(one => one.nativeId === line.nativeId) : lines?.[line.position]
  return found ?? null
}

/** Of a project whose bills are not shown, the lines of the customers who are. */
async function loadBilledLines(
  loaders: Loaders,
  { source, documentId }: Pick<LineItem, 'source' | 'documentId'>,
): Promise<readonly LineItem[] | null> {
  const [projectId = '', date = ''] = documentId.split('/')
  const { catalyst } = loaders
  if (source === 'THREESCALE' || !catalyst || catalyst.showsBills(projectId)) {
    return (await loadInvoice(loaders, source, documentId))?.lineItems ?? null
  }
  const bills = await catalyst.customerBills.load({ projectId, month: monthOf(date) })
  return bills.find(bill => bill.nativeId === documentId)?.lineItems ?? null
}

/** A line of the running month's quotation; null when it has changed since, as quotations do every day. */
export async function loadQuotationLine(
  loaders: Loaders,
  line: { readonly projectId: string; readonly documentId: string; readonly region: string; readonly position: number },
): Promise<LineItem | null> {
  const question = { projectId: line.projectId, regions: [line.region], detailed: true }
  const answer = await loaders.catalyst?.customerQuotations.load(question)
  const lines = answer?.quotation?.lineItems?.filter(one => one.documentId === line.documentId)
  return lines?.[line.position] ?? null
}
