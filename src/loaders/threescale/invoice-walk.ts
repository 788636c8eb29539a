import type { Invoice } from '../../domain/invoice.js'
import { type InvoiceOrder, sortInvoices } from '../../domain/invoice-order.js'
import type { YearMonth } from '../../domain/period.js'
import { UpstreamNotFoundError } from '../../upstream/http/errors.js'
import type { InvoicePage } from '../../upstream/threescale/billing.js'
import type { InvoicePageQuestion } from '../../upstream/threescale/client.js'

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
 * in our own order. Servers that ignore the wish are recognised, and read whole before anything is handed on.
 *
 * A deleted buyer has no list of its own any more, though its invoices remain: they are picked from the tenant's list.
 *
 * @param start months that come before it in that order may be left out; null leaves out none
 */
export async function* walkInvoices(
  ask: AskPage,
  filter: WalkFilter,
  order: InvoiceOrder,
  start: YearMonth | null = null,
): AsyncGenerator<Invoice> {
  const question = {
    ...filter,
    perPage: INVOICES_PER_PAGE,
    direction: order === 'PERIOD_DESC' ? 'desc' : 'asc',
  } as const
  const first = await ask({ ...question, page: 1 }).catch(error => nullWithoutList(error, filter))
  if (first === null) {
    yield* pickInvoices(ask, filter, order, start)
    return
  }
  if (first.pagination.totalPages <= 1 || !(await isSorted(ask, filter, order, first))) {
    yield* sortInvoices(await readAll(ask, question, first), order)
    return
  }
  const begin = start === null ? first : await findPage(ask, question, first, start)
  let month: Invoice[] = []
  for await (const invoice of invoicesOf(pagesFrom(ask, question, begin))) {
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
  const question = { ...filter, page: 1, perPage: INVOICES_PER_PAGE, direction } as const
  const first = await ask(question).catch(error => nullWithoutList(error, filter))
  if (first !== null) return first.pagination.totalEntries
  let count = 0
  for await (const _ of pickInvoices(ask, filter, order, null)) count++
  return count
}

/** Null stands for the list of a buyer that is deleted, or was never there. */
function nullWithoutList(error: unknown, { buyerId }: WalkFilter): null {
  if (buyerId !== undefined && error instanceof UpstreamNotFoundError) return null
  throw error
}

/** One buyer's invoices out of the tenant's list. */
async function* pickInvoices(
  ask: AskPage,
  filter: WalkFilter,
  order: InvoiceOrder,
  start: YearMonth | null,
): AsyncGenerator<Invoice> {
  for await (const invoice of walkInvoices(ask, { ...filter, buyerId: undefined }, order, start)) {
    if (invoice.buyer.nativeId === filter.buyerId) yield invoice
  }
}

/**
 * Servers that do not sort answer by rising id, whichever direction is wished for. Where the newest come first, the page
 * mostly shows whether it is sorted; where it does not, the one invoice at the list's other end tells.
 */
async function isSorted(ask: AskPage, filter: WalkFilter, order: InvoiceOrder, first: InvoicePage): Promise<boolean> {
  // All of one month: any order will do.
  if (filter.month !== undefined) return true
  const isDescending = order === 'PERIOD_DESC'
  const months = first.invoices.map(invoice => invoice.period.month)
  const fits = (month: string, before: string): boolean => (isDescending ? month <= before : month >= before)
  if (!months.every((month, index) => fits(month, months[index - 1] ?? month))) return false
  const [head = ''] = months
  if (isDescending && head !== months.at(-1) && !risesById(first.invoices)) return true
  const other = await ask({ ...filter, page: 1, perPage: 1, direction: isDescending ? 'asc' : 'desc' })
  const tail = other.invoices[0]?.period.month ?? head
  return isDescending ? tail < head : tail > head
}

function risesById(invoices: readonly Invoice[]): boolean {
  const ids = invoices.map(invoice => BigInt(invoice.nativeId))
  return ids.every((id, index) => id >= (ids[index - 1] ?? id))
}

/**
 * The last page that begins before `start`, found by halving, so that a far page of a long list costs a few calls and not all
 * before it. What it holds of its first month may not be all; but that month comes before `start`.
 */
async function findPage(
  ask: AskPage,
  question: Omit<InvoicePageQuestion, 'page'>,
  first: InvoicePage,
  start: YearMonth,
): Promise<InvoicePage> {
  const isBefore = ({ invoices }: InvoicePage): boolean => {
    const month = invoices[0]?.period.month
    return month !== undefined && (question.direction === 'desc' ? month > start : month < start)
  }
  let found = first
  for (let beyond = first.pagination.totalPages + 1; beyond - found.pagination.currentPage > 1; ) {
    const page = found.pagination.currentPage + ((beyond - found.pagination.currentPage) >> 1)
    const asked = await ask({ ...question, page })
    if (isBefore(asked)) found = asked
    else beyond = page
  }
  return found
}

async function* pagesFrom(
  ask: AskPage,
  question: Omit<InvoicePageQuestion, 'page'>,
  first: InvoicePage,
): AsyncGenerator<InvoicePage> {
  yield first
  // Believed from each answer: the list may grow while it is read.
  for (let page = first.pagination.currentPage + 1, last = first.pagination.totalPages; page <= last; page++) {
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
