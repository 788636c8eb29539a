import DataLoader from 'dataloader'
import type { Invoice } from '../../domain/invoice.js'
import type { YearMonth } from '../../domain/period.js'
import { settle, toError } from '../settle.js'
import { INVOICES_PER_PAGE, walkInvoices } from './invoice-walk.js'
import type { ThreescalePages } from './pages.js'

/** A buyer's invoices of some consecutive months, both ends included. */
export interface BuyerMonths {
  readonly buyerId: string
  readonly from: YearMonth
  readonly to: YearMonth
}

/** Value: the buyer's invoices of these months, newest first; `[]` for a buyer without any, and for an unknown buyer. */
export type InvoicesByMonth = DataLoader<BuyerMonths, readonly Invoice[], string>

/**
 * For one buyer, reads its own list. For many, reads the pages of the tenant's list once, unless that takes more calls than one list
 * per buyer. The server filters a single month; a longer range is read until it ends.
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
  if (!first || keys.length === 1 || !(await isTenantListShorter(pages, first, keys.length))) {
    return settle(keys, key => readMonths(pages, key, key.buyerId))
  }
  const all = await readMonths(pages, first).catch(toError)
  if (all instanceof Error) return keys.map(() => all)
  const byBuyer = Map.groupBy(all, ({ buyer }) => buyer.nativeId)
  return keys.map(({ buyerId }) => byBuyer.get(buyerId) ?? [])
}

async function isTenantListShorter(pages: ThreescalePages, range: BuyerMonths, buyers: number): Promise<boolean> {
  const question = { ...monthFilter(range), page: 1, perPage: INVOICES_PER_PAGE, direction: 'desc' } as const
  try {
    return (await pages.load(question)).pagination.totalPages <= buyers
  } catch {
    // Reading each buyer's list reports the error at each buyer.
    return false
  }
}

async function readMonths(
  pages: ThreescalePages,
  range: Omit<BuyerMonths, 'buyerId'>,
  buyerId?: string,
): Promise<readonly Invoice[]> {
  const invoices: Invoice[] = []
  const filter = { ...monthFilter(range), buyerId }
  for await (const invoice of walkInvoices(page => pages.load(page), filter, 'PERIOD_DESC', range.to)) {
    if (invoice.period.month < range.from) break
    if (invoice.period.month <= range.to) invoices.push(invoice)
  }
  return invoices
}

function monthFilter({ from, to }: Omit<BuyerMonths, 'buyerId'>): { readonly month: YearMonth | undefined } {
  return { month: from === to ? from : undefined }
}
