import type { Invoice } from '../../domain/invoice.js'
import { type InvoiceOrder, isDescending, sortInvoices } from '../../domain/invoice-order.js'
import type { YearMonth } from '../../domain/period.js'
import { UpstreamNotFoundError } from '../../upstream/http/errors.js'
import type { InvoicePage } from '../../upstream/threescale/billing.js'
import type { InvoicePageQuestion } from '../../upstream/threescale/reads.js'
import { type FittingPage, pagesFrom, type ReadPage, readFittingPage } from './fitting-page.js'

/** The filters that the server supports. */
export type WalkFilter = Pick<InvoicePageQuestion, 'buyerId' | 'month' | 'state' | 'number'>

/** A page of a hundred invoices with lines is some 150 kB. A page that is too large is read in parts. */
export const INVOICES_PER_PAGE = 100

/**
 * The invoices that match the filter, in order, read page by page as far as they are consumed.
 *
 * Released servers sort by period on request, but order ties arbitrarily. So a month is yielded when it is complete, in the order of
 * `sortInvoices`. Servers that ignore the parameter are detected, and their list is read whole before anything is yielded.
 *
 * A deleted buyer has no list of its own, but its invoices remain: they are filtered from the tenant's list.
 *
 * @param start months before it in that order may be left out; null leaves out none
 * @param end the same for months after it
 */
export async function* walkInvoices(
  readPage: ReadPage,
  filter: WalkFilter,
  order: InvoiceOrder,
  start: YearMonth | null = null,
  end: YearMonth | null = null,
): AsyncGenerator<Invoice> {
  const question = {
    ...filter,
    perPage: INVOICES_PER_PAGE,
    direction: isDescending(order) ? 'desc' : 'asc',
  } as const
  const first = await readFittingPage(readPage, { ...question, page: 1 }).catch(error => nullWithoutList(error, filter))
  if (first === null) {
    yield* pickInvoices(readPage, filter, order, start, end)
    return
  }
  if (first.page.pagination.totalPages <= 1 || !(await isSorted(readPage, filter, order, first.page))) {
    yield* sortInvoices(await readAll(readPage, first), order)
    return
  }
  const begin = start === null ? first : await findPage(readPage, first, start)
  const isAfter = (one: YearMonth): boolean => end !== null && (isDescending(order) ? one < end : one > end)
  let month: Invoice[] = []
  for await (const invoice of invoicesOf(pagesFrom(readPage, begin))) {
    if (isAfter(invoice.period.month)) break
    if (month[0] && month[0].period.month !== invoice.period.month) {
      yield* sortInvoices(month, order)
      month = []
    }
    month.push(invoice)
  }
  yield* sortInvoices(month, order)
}

/** The invoices that match the filter, each once, in the server's own order, which is by creation. Holds one page at a time. */
export async function* streamInvoices(readPage: ReadPage, filter: WalkFilter): AsyncGenerator<Invoice> {
  const question = { ...filter, perPage: INVOICES_PER_PAGE }
  yield* invoicesOf(pagesFrom(readPage, await readFittingPage(readPage, { ...question, page: 1 })))
}

/** The number of invoices that match the filter. */
export async function countInvoices(readPage: ReadPage, filter: WalkFilter, order: InvoiceOrder): Promise<number> {
  const direction = isDescending(order) ? 'desc' : 'asc'
  const question = { ...filter, page: 1, perPage: INVOICES_PER_PAGE, direction } as const
  const first = await readFittingPage(readPage, question).catch(error => nullWithoutList(error, filter))
  if (first !== null) return first.page.pagination.totalEntries
  let count = 0
  for await (const _ of pickInvoices(readPage, filter, order)) count++
  return count
}

/** Null for the list of a buyer that is deleted or does not exist. */
function nullWithoutList(error: unknown, { buyerId }: WalkFilter): null {
  if (buyerId !== undefined && error instanceof UpstreamNotFoundError) return null
  throw error
}

/** One buyer's invoices, filtered from the tenant's list. */
async function* pickInvoices(
  readPage: ReadPage,
  filter: WalkFilter,
  order: InvoiceOrder,
  start: YearMonth | null = null,
  end: YearMonth | null = null,
): AsyncGenerator<Invoice> {
  for await (const invoice of walkInvoices(readPage, { ...filter, buyerId: undefined }, order, start, end)) {
    if (invoice.buyer.nativeId === filter.buyerId) yield invoice
  }
}

/**
 * True when the server sorts by period. Servers that do not, return ascending ids in either direction. In descending order the first
 * page mostly shows which; otherwise the invoice at the other end of the list decides.
 */
async function isSorted(
  readPage: ReadPage,
  filter: WalkFilter,
  order: InvoiceOrder,
  first: InvoicePage,
): Promise<boolean> {
  // Within one month any order will do.
  if (filter.month !== undefined) return true
  const isDown = isDescending(order)
  const months = first.invoices.map(invoice => invoice.period.month)
  const fits = (month: string, before: string): boolean => (isDown ? month <= before : month >= before)
  if (!months.every((month, index) => fits(month, months[index - 1] ?? month))) return false
  const [head = ''] = months
  if (isDown && head !== months.at(-1) && !risesById(first.invoices)) return true
  const other = await readPage({ ...filter, page: 1, perPage: 1, direction: isDown ? 'asc' : 'desc' })
  const tail = other.invoices[0]?.period.month ?? head
  return isDown ? tail < head : tail > head
}

function risesById(invoices: readonly Invoice[]): boolean {
  const ids = invoices.map(invoice => BigInt(invoice.nativeId))
  return ids.every((id, index) => id >= (ids[index - 1] ?? id))
}

/**
 * The last page that begins before `start`, or the first page. A binary search, so that a late page of a long list takes a few calls.
 * Its first month may be incomplete, but that month is before `start`.
 */
async function findPage(readPage: ReadPage, first: FittingPage, start: YearMonth): Promise<FittingPage> {
  const isBefore = ({ question, page }: FittingPage): boolean => {
    const month = page.invoices[0]?.period.month
    return month !== undefined && (question.direction === 'desc' ? month > start : month < start)
  }
  if (!isBefore(first)) return first
  let found = first
  let { question } = first
  let { perPage } = first.page.pagination
  let [low, beyond] = [1, first.page.pagination.totalPages + 1]
  while (beyond - low > 1) {
    const candidate = await readFittingPage(readPage, { ...question, page: low + ((beyond - low) >> 1) }, perPage)
    if (candidate.question.perPage !== question.perPage) {
      // The page was read in parts: from here on, parts are counted.
      const parts = perPage / candidate.question.perPage
      low = (low - 1) * parts + 1
      beyond = (beyond - 1) * parts + 1
      perPage = candidate.question.perPage
      question = candidate.question
    }
    const { currentPage } = candidate.page.pagination
    if (isBefore(candidate)) {
      found = candidate
      low = currentPage
    } else beyond = currentPage
  }
  return found
}

/** A list that grows at its head while it is read repeats some invoices. Each is yielded once. */
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

async function readAll(readPage: ReadPage, first: FittingPage): Promise<readonly Invoice[]> {
  const all: Invoice[] = []
  for await (const invoice of invoicesOf(pagesFrom(readPage, first))) all.push(invoice)
  return all
}
