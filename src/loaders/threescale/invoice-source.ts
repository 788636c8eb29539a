import type { Invoice } from '../../domain/invoice.js'
import { type InvoiceFilter, matchesFilter } from '../../domain/invoice-filter.js'
import type { InvoiceOrder } from '../../domain/invoice-order.js'
import type { YearMonth } from '../../domain/period.js'
import { toWireState } from '../../upstream/threescale/mapping.js'
import type { InvoiceSource } from '../invoice-source.js'
import { countInvoices, type WalkFilter, walkInvoices } from './invoice-walk.js'
import type { ThreescalePages } from './pages.js'

/** The invoices of the tenant or of one buyer, read page by page. */
export function createThreescaleInvoiceSource(pages: ThreescalePages, filter: InvoiceFilter): InvoiceSource {
  const readPage = pages.load.bind(pages)
  async function* scan(order: InvoiceOrder, start: YearMonth | null): AsyncGenerator<Invoice> {
    for await (const invoice of walkInvoices(readPage, toWalkFilter(filter), order, laterStart(filter, order, start))) {
      if (isPast(invoice, filter, order)) return
      if (matchesFilter(invoice, filter)) yield invoice
    }
  }
  const count = async (order: InvoiceOrder): Promise<number> => {
    if (isServerSide(filter)) return countInvoices(readPage, toWalkFilter(filter), order)
    let found = 0
    for await (const _ of scan(order, null)) found++
    return found
  }
  return { source: 'THREESCALE', scan, count }
}

/** The later of two months in that order: the requested start, or the start of the filter's range. */
function laterStart({ from, to }: InvoiceFilter, order: InvoiceOrder, start: YearMonth | null): YearMonth | null {
  const ofRange = order === 'PERIOD_DESC' ? to : from
  if (start === null || ofRange === null) return start ?? ofRange
  return start < ofRange === (order === 'PERIOD_DESC') ? start : ofRange
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
  return (!hasRange || month !== undefined) && (filter.states === null || state !== undefined)
}

/** True when no later invoice in that order can be within the range. */
function isPast({ period: { month } }: Invoice, { from, to }: InvoiceFilter, order: InvoiceOrder): boolean {
  return order === 'PERIOD_DESC' ? from !== null && month < from : to !== null && month > to
}
