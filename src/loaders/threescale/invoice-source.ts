import type { Invoice } from '../../domain/invoice.js'
import { hasDetails, type InvoiceFilter, matchesFilter } from '../../domain/invoice-filter.js'
import { type InvoiceOrder, isByPeriod, isDescending, sortInvoices } from '../../domain/invoice-order.js'
import type { YearMonth } from '../../domain/period.js'
import { toWireState } from '../../upstream/threescale/mapping.js'
import type { InvoiceSource } from '../invoice-source.js'
import { boundReads } from './bounded-walk.js'
import type { ReadPage } from './fitting-page.js'
import { countInvoices, type WalkFilter, walkInvoices } from './invoice-walk.js'
import type { ThreescalePages } from './pages.js'

/**
 * The invoices of the tenant or of one buyer, read page by page. 3scale sorts by period only. For another order, and for a filter
 * that it does not support, its list is read as far as the filter's months reach, or until it is too long.
 */
export function createThreescaleInvoiceSource(pages: ThreescalePages, filter: InvoiceFilter): InvoiceSource {
  const readPage = pages.load.bind(pages)
  async function* walk(read: ReadPage, order: InvoiceOrder, start: YearMonth | null): AsyncGenerator<Invoice> {
    for await (const invoice of walkInvoices(read, toWalkFilter(filter), order, laterStart(filter, order, start))) {
      if (isPast(invoice, filter, order)) return
      if (matchesFilter(invoice, filter)) yield invoice
    }
  }
  const all = (order: InvoiceOrder) => walk(boundReads(readPage), isByPeriod(order) ? order : 'PERIOD_DESC', null)
  async function* scan(order: InvoiceOrder, start: YearMonth | null): AsyncGenerator<Invoice> {
    if (isByPeriod(order)) yield* walk(hasDetails(filter) ? boundReads(readPage) : readPage, order, start)
    else yield* sortInvoices(await Array.fromAsync(all(order)), order)
  }
  const count = async (order: InvoiceOrder): Promise<number> => {
    if (isServerSide(filter)) {
      // Any order will do, and this one is loaded already if the page was.
      return countInvoices(readPage, toWalkFilter(filter), isByPeriod(order) ? order : 'PERIOD_DESC')
    }
    let found = 0
    for await (const _ of scan(isByPeriod(order) ? order : 'PERIOD_DESC', null)) found++
    return found
  }
  return { source: 'THREESCALE', scan, count, all }
}

/** The later of two months in that order: the requested start, or the start of the filter's range. */
function laterStart({ from, to }: InvoiceFilter, order: InvoiceOrder, start: YearMonth | null): YearMonth | null {
  const ofRange = isDescending(order) ? to : from
  if (start === null || ofRange === null) return start ?? ofRange
  return start < ofRange === isDescending(order) ? start : ofRange
}

/** The part of the filter that the server supports: one month, one state, a number, one buyer. */
function toWalkFilter({ states, from, to, number, buyer }: InvoiceFilter): WalkFilter {
  const [state, ...more] = states ?? []
  return {
    month: from !== null && from === to ? from : undefined,
    state: state !== undefined && more.length === 0 ? toWireState(state) : undefined,
    number: number ?? undefined,
    buyerId: buyer?.nativeId,
  }
}

/** True when the server supports the whole filter. */
function isServerSide(filter: InvoiceFilter): boolean {
  const { month, state } = toWalkFilter(filter)
  const hasRange = filter.from !== null || filter.to !== null
  return !hasDetails(filter) && (!hasRange || month !== undefined) && (filter.states === null || state !== undefined)
}

/** True when no later invoice in that order can be within the range. */
function isPast({ period: { month } }: Invoice, { from, to }: InvoiceFilter, order: InvoiceOrder): boolean {
  return isDescending(order) ? from !== null && month < from : to !== null && month > to
}
