import DataLoader from 'dataloader'
import type { Invoice } from '../../domain/invoice.js'
import type { InvoicePage, ThreescaleBilling } from '../../upstream/threescale/billing.js'
import type { InvoicePageQuestion } from '../../upstream/threescale/client.js'
import { INVOICES_PER_PAGE } from './invoice-walk.js'
import { loadMany } from './load-many.js'

/** Key: 3scale invoice id. Value: the invoice, or null when the tenant has none such. */
export type ThreescaleInvoices = DataLoader<string, Invoice | null>

/**
 * 3scale has no question for several ids: one call each, unless a list has brought it already, or so many are asked for that
 * they are looked up in the tenant's list.
 */
export function createThreescaleInvoices(
  billing: ThreescaleBilling,
  askPage: (question: InvoicePageQuestion) => Promise<InvoicePage>,
): ThreescaleInvoices {
  const list = {
    // In the order of creation, which is that of the ids: by period they would lie all over the list.
    ask: async (page: number) => {
      const { pagination, invoices } = await askPage({ page, perPage: INVOICES_PER_PAGE })
      return { totalPages: pagination.totalPages, items: invoices }
    },
    idOf: (invoice: Invoice) => invoice.nativeId,
  }
  return new DataLoader(ids => loadMany(ids, list, id => billing.invoice(id)), { name: 'threescaleInvoices' })
}
