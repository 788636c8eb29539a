import type { Invoice } from '../../domain/invoice.js'
import type { InvoiceFilter } from '../../domain/invoice-filter.js'
import type { Buyer, BuyerAccount, Provider } from '../../domain/party.js'
import type { YearMonth } from '../../domain/period.js'
import type { ThreescaleBilling } from '../../upstream/threescale/billing.js'
import type { InvoiceSource } from '../invoice-source.js'
import type { Load } from '../load.js'
import { once } from '../settle.js'
import { createThreescaleAccounts, loadAllAccounts } from './accounts.js'
import { createBilledBuyers } from './billed-buyers.js'
import { createThreescaleDetails, type ThreescaleDetails } from './details.js'
import { createThreescaleInvoiceSource } from './invoice-source.js'
import { streamInvoices } from './invoice-walk.js'
import { createThreescaleInvoices, type ThreescaleInvoices } from './invoices.js'
import { createInvoicesByBuyer } from './invoices-by-buyer.js'
import { type BuyerMonths, createInvoicesByMonth } from './invoices-by-month.js'
import { createThreescalePages, type ThreescalePages } from './pages.js'

/** Loaders of 3scale's records. */
export interface ThreescaleLoaders {
  /** For health checks only. Billing data is read through the loaders. */
  readonly billing: ThreescaleBilling
  /** Key: invoice id. Value: the invoice; null when the tenant has no such invoice. */
  readonly invoices: Load<string, Invoice | null>
  /** Key: account id. Value: the buyer's account; null when the tenant has no such account. */
  readonly accounts: Load<string, BuyerAccount | null>
  /** Key: account id. Value: all invoices of that buyer, newest first. */
  readonly byBuyer: Load<string, readonly Invoice[]>
  /** Value: the buyer's invoices of these months, newest first. */
  readonly byMonth: Load<BuyerMonths, readonly Invoice[]>
  /** Key: account id. Value: the buyer as on its newest invoice, or null. */
  readonly billedBuyers: Load<string, Buyer | null>
  readonly details: ThreescaleDetails
  /** All buyers that are not deleted, by id, read once per request. */
  allAccounts(): Promise<readonly BuyerAccount[]>
  /** The tenant as on its newest invoice; null while it has none. */
  readonly provider: Load<void, Provider | null>
  /** The invoices of a month in the server's order, page by page. They are not remembered by the loaders. */
  streamMonth(month: YearMonth): AsyncIterable<Invoice>
  /** The sources of an invoice list. */
  invoiceSources(filter: InvoiceFilter): readonly InvoiceSource[]
}

/**
 * Loaders of the tenant. Callers use them through `authorizeThreescale`.
 *
 * @param sees false for a buyer whose invoices and contracts are null when they are loaded by id, after the same calls as for
 * missing ones. The other loaders have full access.
 */
export function createThreescaleLoaders(
  billing: ThreescaleBilling,
  sees: (buyerId: string) => boolean,
): ThreescaleLoaders {
  const invoices: ThreescaleInvoices = createThreescaleInvoices(billing, sees, page => pages.load(page))
  const pages: ThreescalePages = createThreescalePages(billing, sees, invoices)
  const accounts = createThreescaleAccounts(billing)
  return {
    billing,
    invoices,
    byBuyer: createInvoicesByBuyer(pages),
    byMonth: createInvoicesByMonth(pages),
    billedBuyers: createBilledBuyers(pages),
    accounts,
    allAccounts: once(() => loadAllAccounts(billing, accounts)),
    details: createThreescaleDetails(billing, sees),
    provider: {
      // 3scale describes the tenant on its invoices only.
      load: async () => (await pages.load({ page: 1, perPage: 1, direction: 'desc' })).invoices[0]?.provider ?? null,
    },
    streamMonth: month => streamInvoices(question => billing.invoicePage({ ...question, isUncached: true }), { month }),
    invoiceSources: filter => [createThreescaleInvoiceSource(pages, filter)],
  }
}
