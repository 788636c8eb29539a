import type { Invoice } from '../domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../domain/invoice-filter.js'
import { type InvoiceOrder, reverseOrder, sortInvoices } from '../domain/invoice-order.js'
import type { Buyer } from '../domain/party.js'
import { monthOf } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'
import { createCatalystInvoiceSource } from './catalyst-invoice-source.js'
import { type InvoiceListPage, type PageRequest, readInvoicePage } from './invoice-list.js'
import type { InvoiceSource } from './invoice-source.js'
import type { Loaders } from './loaders.js'
import { createThreescaleInvoiceSource } from './threescale-invoice-source.js'

/** A list of invoices: which, in what order, and whether their lines will be looked at. */
export interface InvoiceListQuestion {
  readonly filter: InvoiceFilter
  readonly order: InvoiceOrder
  readonly request: PageRequest
  readonly withLines: boolean
}

/** A page of a list, and the list's length for whoever asks. */
export interface InvoiceList extends InvoiceListPage {
  /** Null when a system that belongs to the list could not answer. */
  count(): Promise<number | null>
}

/** One page of the invoices of all systems that are configured and wanted. */
export async function listInvoices(loaders: Loaders, question: InvoiceListQuestion): Promise<InvoiceList> {
  const { filter, order, request, withLines } = question
  const sources = sourcesOf(loaders).filter(({ source }) => filter.sources.includes(source))
  const page = await readInvoicePage(sources, filter, order, request)
  const invoices = withLines
    ? await Promise.all(page.invoices.map(invoice => withItsLines(loaders, invoice)))
    : page.invoices
  const count = async (): Promise<number | null> => {
    if (page.failures.size > 0) return null
    // In the order that was read, whose first page is at hand.
    const reading = request.direction === 'backward' ? reverseOrder(order) : order
    const counts = await Promise.all(sources.map(source => source.count(filter, reading)))
    return counts.reduce((sum, one) => sum + one, 0)
  }
  return { ...page, invoices, count }
}

/** One page of one buyer's invoices; for 3scale, many buyers' lists are read together. */
export async function listInvoicesOfBuyer(
  loaders: Loaders,
  buyer: Buyer,
  question: InvoiceListQuestion,
): Promise<InvoiceList> {
  const { buyer: wanted, sources } = question.filter
  // Whoever asks this buyer for another one's invoices asks for none.
  const isOther = wanted !== null && (wanted.source !== buyer.source || wanted.nativeId !== buyer.nativeId)
  const filter = { ...question.filter, buyer, sources: isOther ? [] : sources.filter(one => one === buyer.source) }
  if (!loaders.threescale || buyer.source === 'CATALYST') return listInvoices(loaders, { ...question, filter })
  const all = (await loaders.threescale.byBuyer.load(buyer.nativeId)).filter(invoice => matchesFilter(invoice, filter))
  const source: InvoiceSource = {
    source: 'THREESCALE',
    async *scan(_filter, order) {
      yield* sortInvoices(all, order)
    },
    count: async () => all.length,
  }
  const page = await readInvoicePage([source], filter, question.order, question.request)
  return { ...page, count: async () => all.length }
}

/** One invoice by its identity; null when there is none such, or its system is not configured. */
export async function loadInvoice(
  loaders: Loaders,
  source: BillingSource,
  nativeId: string,
  detailed: boolean,
): Promise<Invoice | null> {
  if (source === 'THREESCALE') return (await loaders.threescale?.invoices.load(nativeId)) ?? null
  const [projectId = '', date = ''] = nativeId.split('/')
  const bills = await loaders.catalyst?.months.load({ projectId, month: monthOf(date), detailed })
  return bills?.find(invoice => invoice.nativeId === nativeId) ?? null
}

/**
 * The detailed form, whose total may differ from the summary's; the summary where the lines cannot be had. The failure is told
 * where the lines are looked at, which asks the same loader again.
 */
async function withItsLines(loaders: Loaders, invoice: Invoice): Promise<Invoice> {
  if (invoice.lineItems) return invoice
  const detailed = await loadInvoice(loaders, invoice.source, invoice.nativeId, true).catch(() => null)
  return detailed ?? invoice
}

function sourcesOf({ catalyst, threescale }: Loaders): readonly InvoiceSource[] {
  return [
    ...(catalyst ? [createCatalystInvoiceSource(catalyst.billing)] : []),
    ...(threescale ? [createThreescaleInvoiceSource(threescale.pages)] : []),
  ]
}
