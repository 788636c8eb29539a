import DataLoader from 'dataloader'
import type { InvoicePage, ThreescaleBilling } from '../../upstream/threescale/billing.js'
import type { InvoicePageQuestion } from '../../upstream/threescale/reads.js'
import { settle } from '../settle.js'
import type { ThreescaleInvoices } from './invoices.js'

/** Key: a page of a list. Value: the page. Its invoices are primed in the invoice loader. */
export type ThreescalePages = DataLoader<InvoicePageQuestion, InvoicePage, string>

/** One call per page. @param sees false for a buyer whose invoices are not primed */
export function createThreescalePages(
  billing: ThreescaleBilling,
  sees: (buyerId: string) => boolean,
  invoices: ThreescaleInvoices,
): ThreescalePages {
  const readPage = async (question: InvoicePageQuestion): Promise<InvoicePage> => {
    const page = await billing.invoicePage(question)
    for (const invoice of page.invoices) {
      if (sees(invoice.buyer.nativeId)) invoices.prime(invoice.nativeId, invoice)
    }
    return page
  }
  return new DataLoader(questions => settle(questions, readPage), {
    name: 'threescalePages',
    cacheKeyFn: ({ page, perPage, direction, buyerId, month, state, number }) =>
      JSON.stringify([page, perPage, direction, buyerId, month, state, number]),
  })
}
