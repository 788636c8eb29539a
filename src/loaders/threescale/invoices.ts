import DataLoader from 'dataloader'
import type { Invoice } from '../../domain/invoice.js'
import type { InvoicePage, ThreescaleBilling } from '../../upstream/threescale/billing.js'
import type { InvoicePageQuestion } from '../../upstream/threescale/reads.js'
import { INVOICES_PER_PAGE } from './invoice-walk.js'
import { loadMany } from './load-many.js'

/** Key: 3scale invoice id. Value: the invoice; null when the tenant has no such invoice. */
export type ThreescaleInvoices = DataLoader<string, Invoice | null>

/**
 * One call per invoice that no list has brought yet; large batches are searched in the tenant's list.
 *
 * @param sees false for a buyer whose invoices are treated like missing ones
 */
export function createThreescaleInvoices(
  billing: ThreescaleBilling,
  sees: (buyerId: string) => boolean,
  readPage: (question: InvoicePageQuestion) => Promise<InvoicePage>,
): ThreescaleInvoices {
  const list = {
    // In the order of creation, which is the order of ids. Sorted by period, neighbouring ids are on different pages.
    readPage: async (page: number) => {
      const { pagination, invoices } = await readPage({ page, perPage: INVOICES_PER_PAGE })
      return { totalPages: pagination.totalPages, items: invoices }
    },
    idOf: (invoice: Invoice) => invoice.nativeId,
    isVisible: (invoice: Invoice) => sees(invoice.buyer.nativeId),
  }
  return new DataLoader(ids => loadMany(ids, list, id => billing.invoice(id, sees)), { name: 'threescaleInvoices' })
}
