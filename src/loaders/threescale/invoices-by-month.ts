import DataLoader from 'dataloader'
import type { Invoice } from '../../domain/invoice.js'
import type { YearMonth } from '../../domain/period.js'
import { settle, toError } from '../settle.js'
import type { ReadPage } from './fitting-page.js'
import { walkInvoices } from './invoice-walk.js'
import type { ThreescalePages } from './pages.js'

/** Consecutive months, both ends included. */
interface MonthRange {
  readonly from: YearMonth
  readonly to: YearMonth
}

/** A buyer's invoices of some months. */
export interface BuyerMonths extends MonthRange {
  readonly buyerId: string
}

/** Value: the buyer's invoices of these months, newest first; `[]` for a buyer without any, and for an unknown buyer. */
export type InvoicesByMonth = DataLoader<BuyerMonths, readonly Invoice[], string>

/**
 * For one buyer, reads its own list. For many, reads the pages of the tenant's list once; when these would be more pages than there
 * are buyers, reads a list per buyer instead. The server filters a single month; a longer range is read until it ends.
 */
export function createInvoicesByMonth(pages: ThreescalePages): InvoicesByMonth {
  return new DataLoader(
    async keys => {
      const byRange = [...Map.groupBy(keys, ({ from, to }) => `${from} ${to}`).values()]
      const found = new Map<BuyerMonths, readonly Invoice[] | Error>()
      await Promise.all(
        byRange.map(async group => {
          for (const [index, invoices] of (await readRange(pages, group)).entries()) {
            const key = group[index]
            if (key) found.set(key, invoices)
          }
        }),
      )
      return keys.map(key => found.get(key) ?? [])
    },
    { name: 'invoicesByMonth', cacheKeyFn: ({ buyerId, from, to }) => `${buyerId} ${from} ${to}` },
  )
}

/** @param keys of one range, each buyer once */
async function readRange(
  pages: ThreescalePages,
  keys: readonly BuyerMonths[],
): Promise<readonly (readonly Invoice[] | Error)[]> {
  const [first] = keys
  const all =
    first && keys.length > 1 ? await readMonths(atMost(keys.length, first, pages), first).catch(toError) : null
  if (all === null || all instanceof TooManyPagesError) {
    return settle(keys, key => readMonths(page => pages.load(page), key, key.buyerId))
  }
  if (all instanceof Error) return keys.map(() => all)
  const byBuyer = Map.groupBy(all, ({ buyer }) => buyer.nativeId)
  return keys.map(({ buyerId }) => byBuyer.get(buyerId) ?? [])
}

/** The tenant's list takes more pages than it is worth. */
class TooManyPagesError extends Error {}

/** Reads pages until it is plain that there are more than `limit` in the range. */
function atMost(limit: number, { from, to }: MonthRange, pages: ThreescalePages): ReadPage {
  let read = 0
  let isPast = false
  return async question => {
    if (++read > limit) throw new TooManyPagesError()
    const page = await pages.load(question)
    // The server counts the pages of one month. Those of a longer range end at an older month, unless the server does not sort:
    // then there is another page after it, and all are needed.
    const isCounted = from === to || (isPast && question.page > 1)
    if (isCounted && page.pagination.totalPages > limit) throw new TooManyPagesError()
    isPast ||= question.direction === 'desc' && (page.invoices.at(-1)?.period.month ?? from) < from
    return page
  }
}

async function readMonths(readPage: ReadPage, range: MonthRange, buyerId?: string): Promise<readonly Invoice[]> {
  const invoices: Invoice[] = []
  const filter = { month: range.from === range.to ? range.from : undefined, buyerId }
  for await (const invoice of walkInvoices(readPage, filter, 'PERIOD_DESC', range.to, range.from)) {
    const { month } = invoice.period
    if (range.from <= month && month <= range.to) invoices.push(invoice)
  }
  return invoices
}
