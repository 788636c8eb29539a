import { type CurrencyTotal, CurrencyTotals } from '../domain/currency-total.js'
import { type Invoice, linesUnavailable } from '../domain/invoice.js'
import { type InvoiceFilter, matchesFilter, matchingSources } from '../domain/invoice-filter.js'
import { type InvoiceOrder, reverseOrder, sortInvoices } from '../domain/invoice-order.js'
import type { Buyer } from '../domain/party.js'
import { monthOf } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'
import { type InvoiceListPage, type PageRequest, readInvoicePage } from './invoice-list.js'
import type { InvoiceSource } from './invoice-source.js'
import type { Loaders } from './loaders.js'
import { toError } from './settle.js'
import type { ThreescaleLoaders } from './threescale/loaders.js'

/** The filter, order and page of an invoice list. */
export interface InvoiceListQuestion {
  readonly filter: InvoiceFilter
  readonly order: InvoiceOrder
  readonly request: PageRequest
}

/** A page of an invoice list, with the length of the list on demand. */
export interface InvoiceList extends InvoiceListPage {
  /** The order of the list, which its cursors depend on. */
  readonly order: InvoiceOrder
  /** The errors because of which some invoices have no lines. Each such invoice has a notice. */
  readonly gaps: readonly Error[]
  /** The number of invoices on all pages; null when a system of the list failed. */
  count(): Promise<number | null>
  /** The totals of the invoices on all pages by ledger and currency; null when a system of the list failed. */
  totals(): Promise<readonly CurrencyTotal[] | null>
}

/** One page of the invoices of all systems that are configured and match the filter. */
export async function listInvoices(loaders: Loaders, question: InvoiceListQuestion): Promise<InvoiceList> {
  const { filter, order, request } = question
  const sources = await sourcesOf(loaders, filter)
  const page = await readInvoicePage(sources, order, request)
  const completed = await Promise.all(page.invoices.map(invoice => complete(loaders, invoice)))
  const count = async (): Promise<number | null> => {
    if (page.failures.size > 0) return null
    // In the order that was read: its first page is loaded already.
    const reading = request.direction === 'backward' ? reverseOrder(order) : order
    const counts = await Promise.all(sources.map(source => source.count(reading)))
    return counts.reduce((sum, one) => sum + one, 0)
  }
  const totals = async () => (page.failures.size > 0 ? null : sumInvoices(sources, order))
  return {
    ...page,
    order,
    invoices: completed.map(({ invoice }) => invoice),
    gaps: completed.flatMap(({ gap }) => gap ?? []),
    count,
    totals,
  }
}

/** One page of one buyer's invoices. For 3scale, the lists of many buyers are read together. */
export async function listInvoicesOfBuyer(
  loaders: Loaders,
  buyer: Buyer,
  question: InvoiceListQuestion,
): Promise<InvoiceList> {
  const { buyer: wanted, sources } = question.filter
  // A filter that names another buyer matches nothing.
  const isOther = wanted !== null && (wanted.source !== buyer.source || wanted.nativeId !== buyer.nativeId)
  const filter = { ...question.filter, buyer, sources: isOther ? [] : sources.filter(one => one === buyer.source) }
  if (!loaders.threescale || buyer.source === 'CATALYST') return listInvoices(loaders, { ...question, filter })
  return listThreescaleInvoices(loaders.threescale, [buyer.nativeId], { ...question, filter })
}

/** One page of the invoices of several 3scale buyers; null without any buyer. The lists of many buyers are read together. */
export async function listInvoicesOfBuyers(
  { threescale }: Loaders,
  buyerIds: readonly string[],
  question: InvoiceListQuestion,
): Promise<InvoiceList | null> {
  return threescale && buyerIds.length > 0 ? listThreescaleInvoices(threescale, buyerIds, question) : null
}

async function listThreescaleInvoices(
  { byBuyer }: ThreescaleLoaders,
  buyerIds: readonly string[],
  question: InvoiceListQuestion,
): Promise<InvoiceList> {
  const lists = await Promise.all(buyerIds.map(id => byBuyer.load(id)))
  const all = lists.flat().filter(invoice => matchesFilter(invoice, question.filter))
  const source: InvoiceSource = {
    source: 'THREESCALE',
    async *scan(order) {
      yield* sortInvoices(all, order)
    },
    count: async () => all.length,
    async *all() {
      yield* all
    },
  }
  const page = await readInvoicePage([source], question.order, question.request)
  return {
    ...page,
    order: question.order,
    gaps: [],
    count: async () => all.length,
    totals: () => sumInvoices([source], question.order),
  }
}

/** An invoice by its native id; null when it does not exist or its system is not configured. */
export async function loadInvoice(loaders: Loaders, source: BillingSource, nativeId: string): Promise<Invoice | null> {
  if (source === 'THREESCALE') return (await loaders.threescale?.invoices.load(nativeId)) ?? null
  const [projectId = '', date = ''] = nativeId.split('/')
  const bills = await loaders.catalyst?.months.load({ projectId, month: monthOf(date) })
  return bills?.find(invoice => invoice.nativeId === nativeId) ?? null
}

/** The invoice with its lines. When they cannot be read: the invoice without lines, with a notice, and the error. */
async function complete(
  loaders: Loaders,
  invoice: Invoice,
): Promise<{ readonly invoice: Invoice; readonly gap?: Error }> {
  if (invoice.lineItems || invoice.notices.some(({ code }) => code === 'LINES_UNAVAILABLE')) return { invoice }
  try {
    return { invoice: (await loadInvoice(loaders, invoice.source, invoice.nativeId)) ?? invoice }
  } catch (error) {
    return { invoice: linesUnavailable(invoice, 'returned no lines for it just now'), gap: toError(error) }
  }
}

async function sourcesOf(loaders: Loaders, filter: InvoiceFilter): Promise<readonly InvoiceSource[]> {
  const sources = matchingSources(filter)
  const { catalyst } = sources.includes('CATALYST') ? loaders : { catalyst: null }
  const { threescale } = sources.includes('THREESCALE') ? loaders : { threescale: null }
  return [...((await catalyst?.invoiceSources(filter)) ?? []), ...(threescale?.invoiceSources(filter) ?? [])]
}

async function sumInvoices(sources: readonly InvoiceSource[], order: InvoiceOrder): Promise<readonly CurrencyTotal[]> {
  const totals = new CurrencyTotals()
  for (const source of sources) for await (const invoice of source.all(order)) totals.add(invoice)
  return totals.list()
}
