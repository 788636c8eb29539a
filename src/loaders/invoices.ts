import { type Invoice, linesUnavailable } from '../domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../domain/invoice-filter.js'
import { type InvoiceOrder, reverseOrder, sortInvoices } from '../domain/invoice-order.js'
import type { Buyer } from '../domain/party.js'
import { monthOf } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'
import { type InvoiceListPage, type PageRequest, readInvoicePage } from './invoice-list.js'
import type { InvoiceSource } from './invoice-source.js'
import type { Loaders } from './loaders.js'
import { toError } from './settle.js'

/** A list of invoices: which, and in what order. */
export interface InvoiceListQuestion {
  readonly filter: InvoiceFilter
  readonly order: InvoiceOrder
  readonly request: PageRequest
}

/** A page of a list, and the list's length for whoever asks. */
export interface InvoiceList extends InvoiceListPage {
  /** What kept the lines of some of these invoices out; each such invoice has a notice. */
  readonly gaps: readonly Error[]
  /** Null when a system that belongs to the list could not answer. */
  count(): Promise<number | null>
}

/** One page of the invoices of all systems that are configured and wanted. */
export async function listInvoices(loaders: Loaders, question: InvoiceListQuestion): Promise<InvoiceList> {
  const { filter, order, request } = question
  const sources = await sourcesOf(loaders, filter)
  const page = await readInvoicePage(sources, filter, order, request)
  const completed = await Promise.all(page.invoices.map(invoice => complete(loaders, invoice)))
  const count = async (): Promise<number | null> => {
    if (page.failures.size > 0) return null
    // In the order that was read, whose first page is at hand.
    const reading = request.direction === 'backward' ? reverseOrder(order) : order
    const counts = await Promise.all(sources.map(source => source.count(filter, reading)))
    return counts.reduce((sum, one) => sum + one, 0)
  }
  return {
    ...page,
    invoices: completed.map(({ invoice }) => invoice),
    gaps: completed.flatMap(({ gap }) => gap ?? []),
    count,
  }
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
  return { ...page, gaps: [], count: async () => all.length }
}

/** One invoice by its identity; null when there is none such, or its system is not configured. */
export async function loadInvoice(loaders: Loaders, source: BillingSource, nativeId: string): Promise<Invoice | null> {
  if (source === 'THREESCALE') return (await loaders.threescale?.invoices.load(nativeId)) ?? null
  const [projectId = '', date = ''] = nativeId.split('/')
  const bills = await loaders.catalyst?.months.load({ projectId, month: monthOf(date) })
  return bills?.find(invoice => invoice.nativeId === nativeId) ?? null
}

/** The invoice with its lines; where they cannot be had, what the list's index says of it, with a notice, and why. */
async function complete(
  loaders: Loaders,
  invoice: Invoice,
): Promise<{ readonly invoice: Invoice; readonly gap?: Error }> {
  if (invoice.lineItems || invoice.notices.some(({ code }) => code === 'LINES_UNAVAILABLE')) return { invoice }
  try {
    return { invoice: (await loadInvoice(loaders, invoice.source, invoice.nativeId)) ?? invoice }
  } catch (error) {
    return { invoice: linesUnavailable(invoice, 'did not tell its lines when asked just now'), gap: toError(error) }
  }
}

async function sourcesOf({ catalyst, threescale }: Loaders, filter: InvoiceFilter): Promise<readonly InvoiceSource[]> {
  const wants = (source: BillingSource): boolean => filter.sources.includes(source)
  return [
    ...(catalyst && wants('CATALYST') ? await catalyst.invoiceSources(filter) : []),
    ...(threescale && wants('THREESCALE') ? threescale.invoiceSources(filter) : []),
  ]
}
