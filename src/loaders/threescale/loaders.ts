import type { Invoice } from '../../domain/invoice.js'
import type { InvoiceFilter } from '../../domain/invoice-filter.js'
import type { Buyer, BuyerAccount, Provider } from '../../domain/party.js'
import type { ThreescaleBilling } from '../../upstream/threescale/billing.js'
import type { InvoiceSource } from '../invoice-source.js'
import type { Load } from '../load.js'
import { type AllAccounts, createAllAccounts, createThreescaleAccounts } from './accounts.js'
import { createBilledBuyers } from './billed-buyers.js'
import { createThreescaleDetails, type ThreescaleDetails } from './details.js'
import { createThreescaleInvoiceSource } from './invoice-source.js'
import { createThreescaleInvoices, type ThreescaleInvoices } from './invoices.js'
import { createInvoicesByBuyer } from './invoices-by-buyer.js'
import { createThreescalePages, type ThreescalePages } from './pages.js'

/** Loaders of what 3scale bills. */
export interface ThreescaleLoaders {
  /** For how the tenant stands; whatever it bills is asked of the loaders. */
  readonly billing: ThreescaleBilling
  /** Key: invoice id. Value: the invoice, or null when the tenant has none such. */
  readonly invoices: Load<string, Invoice | null>
  /** Key: account id. Value: the buyer's account, or null when the tenant has none such. */
  readonly accounts: Load<string, BuyerAccount | null>
  /** Key: account id. Value: all that buyer's invoices, newest first. */
  readonly byBuyer: Load<string, readonly Invoice[]>
  /** Key: account id. Value: the buyer as its newest invoice names it, or null. */
  readonly billedBuyers: Load<string, Buyer | null>
  readonly details: ThreescaleDetails
  /** All buyers that are not deleted, by id, read once. */
  readonly allAccounts: AllAccounts
  /** The tenant as its invoices name it; null while it has none. */
  readonly provider: Load<void, Provider | null>
  /** What a list of invoices is read from. */
  invoiceSources(filter: InvoiceFilter): readonly InvoiceSource[]
}

/** Loaders that see the whole tenant, and belong behind a guard. */
export function createThreescaleLoaders(billing: ThreescaleBilling): ThreescaleLoaders {
  const invoices: ThreescaleInvoices = createThreescaleInvoices(billing, page => pages.load(page))
  const pages: ThreescalePages = createThreescalePages(billing, invoices)
  const accounts = createThreescaleAccounts(billing)
  return {
    billing,
    invoices,
    byBuyer: createInvoicesByBuyer(pages),
    billedBuyers: createBilledBuyers(pages),
    accounts,
    allAccounts: createAllAccounts(billing, accounts),
    details: createThreescaleDetails(billing),
    provider: {
      // 3scale tells about the tenant itself on its invoices only.
      load: async () => (await pages.load({ page: 1, perPage: 1, direction: 'desc' })).invoices[0]?.provider ?? null,
    },
    invoiceSources: () => [createThreescaleInvoiceSource(pages)],
  }
}
