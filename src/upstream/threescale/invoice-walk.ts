import type { Invoice } from '../../domain/invoice.js'
import { type InvoiceOrder, sortInvoices } from '../../domain/invoice-order.js'
import type { InvoicePage } from './billing.js'
import type { InvoicePageQuestion } from './client.js'

/** What the server itself can filter by. */
export type WalkFilter = Pick<InvoicePageQuestion, 'buyerId' | 'month' | 'state' | 'number'>

/** Asks for one page; the walk asks for each page once. */
export type AskPage = (question: InvoicePageQuestion) => Promise<InvoicePage>

/** A page of a hundred with its lines is some 150 kB: more would hold up the event loop while it is decoded. */
export const INVOICES_PER_PAGE = 100

/**
 * All invoices that fit the filter, in order, read page by page as far as the caller goes.
 *
 * Released servers sort by period when asked to, but break ties as they like; so a month is handed on once it is complete,
 * in our own order. Servers that ignore the wish are recognised by the first page, and read whole before anything is
 * handed on.
 */
export async function* walkInvoices(ask: AskPage, filter: WalkFilter, order: InvoiceOrder): AsyncGenerator<Invoice> {
  const question = {
    ...filter,
    perPage: INVOICES_PER_PAGE,
    direction: order === 'PERIOD_DESC' ? 'desc' : 'asc',
  } as const
  const first = await ask({ ...question, page: 1 })
  if (first.pagination.totalPages > 1 && !(await isSorted(ask, filter, order, first))) {
    yield* sortInvoices(await readAll(ask, question, first), order)
    return
  }
  let month: Invoice[] = []
  for await (const invoice of invoicesOf(pagesFrom(ask, question, first))) {
    if (month[0] && month[0].period.month !== invoice.period.month) {
      yield* sortInvoices(month, order)
      month = []
    }
    month.push(invoice)
  }
  yield* sortInvoices(month, order)
}

/** How many invoices fit the filter. */
export async function countInvoices(ask: AskPage, filter: WalkFilter, order: InvoiceOrder): Promise<number> {
  const direction = order === 'PERIOD_DESC' ? 'desc' : 'asc'
  const { pagination } = await ask({ ...filter, page: 1, perPage: INVOICES_PER_PAGE, direction })
  return pagination.totalEntries
}

/**
 * Newest first is no order that a server comes by of itself: where the first page falls by period, it sorts. A page of one
 * single month shows nothing and counts as unsorted, which costs calls and never an invoice.
 */
async function isSorted(ask: AskPage, filter: WalkFilter, order: InvoiceOrder, first: InvoicePage): Promise<boolean> {
  // All of one month: any order will do.
  if (filter.month !== undefined) return true
  const question = { ...filter, page: 1, perPage: INVOICES_PER_PAGE, direction: 'desc' } as const
  const newestFirst = order === 'PERIOD_DESC' ? first : await ask(question)
  const months = newestFirst.invoices.map(invoice => invoice.period.month)
  const falls = months.every((month, index) => index === 0 || month <= (months[index - 1] ?? month))
  return falls && months.at(0) !== months.at(-1)
}

async function* pagesFrom(
  ask: AskPage,
  question: Omit<InvoicePageQuestion, 'page'>,
  first: InvoicePage,
): AsyncGenerator<InvoicePage> {
  yield first
  // Believed from each answer: the list may grow while it is read.
  for (let page = 2, last = first.pagination.totalPages; page <= last; page++) {
    const next = await ask({ ...question, page })
    last = next.pagination.totalPages
    yield next
  }
}

/** A list that grows at its head while it is read shows some invoices twice: each is handed on once. */
async function* invoicesOf(pages: AsyncIterable<InvoicePage>): AsyncGenerator<Invoice> {
  const seen = new Set<string>()
  for await (const { invoices } of pages) {
    for (const invoice of invoices) {
      if (seen.has(invoice.nativeId)) continue
      seen.add(invoice.nativeId)
      yield invoice
    }
  }
}

async function readAll(
  ask: AskPage,
  question: Omit<InvoicePageQuestion, 'page'>,
  first: InvoicePage,
): Promise<readonly Invoice[]> {
  const all: Invoice[] = []
  for await (const invoice of invoicesOf(pagesFrom(ask, question, first))) all.push(invoice)
  return all
}
