import type { Invoice } from '../domain/invoice.js'
import type { LineItem } from '../domain/line-item.js'
import { monthOf } from '../domain/period.js'
import type { Quotation } from '../domain/quotation.js'
import { loadInvoice } from './invoices.js'
import type { Loaders } from './loaders.js'

/** A document's lines in the order billed; null when its system does not return them. */
export async function loadLinesOf(
  loaders: Loaders,
  document: Invoice | Quotation,
): Promise<readonly LineItem[] | null> {
  if (document.lineItems) return document.lineItems
  const { kind, source } = document
  if (kind === 'Invoice') return (await loadInvoice(loaders, source, document.nativeId))?.lineItems ?? null
  const regions = document.regions.map(({ region }) => region)
  const key = { projectId: document.buyer.nativeId, regions }
  return (await loaders.catalyst?.quotations.load(key))?.quotation?.lineItems ?? null
}

/** A line of an invoice by its position, or by 3scale's id; null when it does not exist. */
export async function loadInvoiceLine(
  loaders: Loaders,
  invoice: Pick<LineItem, 'source' | 'documentId'>,
  line: { readonly position: number } | { readonly nativeId: string },
): Promise<LineItem | null> {
  const lines = await loadBilledLines(loaders, invoice)
  const found = 'nativeId' in line ? lines?.find(one => one.nativeId === line.nativeId) : lines?.[line.position]
  return found ?? null
}

/** The lines of a bill; only the granted customers' lines where the bill itself is not visible. */
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

/** A line of the running month's quotation; null when the quotation has changed since, as it does every day. */
export async function loadQuotationLine(
  loaders: Loaders,
  line: { readonly projectId: string; readonly documentId: string; readonly region: string; readonly position: number },
): Promise<LineItem | null> {
  const key = { projectId: line.projectId, regions: [line.region] }
  const answer = await loaders.catalyst?.customerQuotations.load(key)
  const lines = answer?.quotation?.lineItems?.filter(one => one.documentId === line.documentId)
  return lines?.[line.position] ?? null
}
