import DataLoader from 'dataloader'
import type { Invoice } from '../../domain/invoice.js'
import { settle, toError } from '../settle.js'
import { INVOICES_PER_PAGE, walkInvoices } from './invoice-walk.js'
import type { ThreescalePages } from './pages.js'

/** Key: 3scale account id. Value: the buyer's invoices, newest first; `[]` for a buyer without invoices, and for an unknown buyer. */
export type InvoicesByBuyer = DataLoader<string, readonly Invoice[]>

/**
 * For one buyer, reads its own list. For many, reads the tenant's list and groups it, if that takes no more calls than one list per
 * buyer.
 */
export function createInvoicesByBuyer(pages: ThreescalePages): InvoicesByBuyer {
  return new DataLoader(
    async ids => {
      if (ids.length === 1 || !(await isTenantListShorter(pages, ids.length))) {
        return settle(ids, id => readAll(pages, id))
      }
      const all = await readAll(pages).catch(toError)
      if (all instanceof Error) return ids.map(() => all)
      const byBuyer = Map.groupBy(all, invoice => invoice.buyer.nativeId)
      return ids.map(id => byBuyer.get(id) ?? [])
    },
    { name: 'invoicesByBuyer' },
  )
}

/** True when the tenant's list takes no more calls than one list for each of this many buyers. */
export async function isTenantListShorter(pages: ThreescalePages, buyers: number): Promise<boolean> {
  try {
    const { pagination } = await pages.load({ page: 1, perPage: INVOICES_PER_PAGE, direction: 'desc' })
    return pagination.totalPages <= buyers
  } catch {
    // Reading each buyer's list reports the error at each buyer.
    return false
  }
}

async function readAll(pages: ThreescalePages, buyerId?: string): Promise<readonly Invoice[]> {
  const invoices: Invoice[] = []
  for await (const invoice of walkInvoices(page => pages.load(page), { buyerId }, 'PERIOD_DESC')) invoices.push(invoice)
  return invoices
}
