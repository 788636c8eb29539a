import type { CatalystAccounts } from '../upstream/catalyst/accounts.js'
import type { Clock } from '../upstream/clock.js'
import type { ThreescaleBilling } from '../upstream/threescale/billing.js'
import { type BilledBuyers, createBilledBuyers } from './billed-buyers.js'
import { type CatalystMonths, createCatalystMonths } from './catalyst-months.js'
import { type CatalystProjects, createCatalystProjects } from './catalyst-projects.js'
import { createInvoicesByBuyer, type InvoicesByBuyer } from './invoices-by-buyer.js'
import { createQuotations, type Quotations } from './quotations.js'
import {
  type AllAccounts,
  createAllAccounts,
  createThreescaleAccounts,
  type ThreescaleAccounts,
} from './threescale-accounts.js'
import { createThreescaleDetails, type ThreescaleDetails } from './threescale-details.js'
import { createThreescaleInvoices, type ThreescaleInvoices } from './threescale-invoices.js'
import { createThreescalePages, type ThreescalePages } from './threescale-pages.js'

/** The systems that are configured; null where one is not. */
export interface BillingSystems {
  readonly catalyst: CatalystAccounts | null
  readonly threescale: ThreescaleBilling | null
}

/** Loaders of what Catalyst Cloud bills. */
export interface CatalystLoaders {
  readonly billing: CatalystAccounts
  readonly months: CatalystMonths
  readonly projects: CatalystProjects
  readonly quotations: Quotations
}

/** Loaders of what 3scale bills. */
export interface ThreescaleLoaders {
  readonly billing: ThreescaleBilling
  readonly invoices: ThreescaleInvoices
  readonly pages: ThreescalePages
  readonly accounts: ThreescaleAccounts
  readonly byBuyer: InvoicesByBuyer
  readonly billedBuyers: BilledBuyers
  readonly details: ThreescaleDetails
  /** All buyers that are not deleted, by id, read once. */
  readonly allAccounts: AllAccounts
}

/** One loader a question, for one request of one caller: what is asked twice is fetched once. */
export interface Loaders {
  readonly catalyst: CatalystLoaders | null
  readonly threescale: ThreescaleLoaders | null
  readonly clock: Clock
}

/** A fresh set: they must never outlive the request, nor be shared between callers. */
export function createLoaders({ catalyst, threescale }: BillingSystems, clock: Clock): Loaders {
  return {
    catalyst: catalyst && {
      billing: catalyst,
      months: createCatalystMonths(catalyst),
      projects: createCatalystProjects(catalyst),
      quotations: createQuotations(catalyst),
    },
    threescale: threescale && createThreescaleLoaders(threescale),
    clock,
  }
}

function createThreescaleLoaders(billing: ThreescaleBilling): ThreescaleLoaders {
  const invoices: ThreescaleInvoices = createThreescaleInvoices(billing, page => pages.load(page))
  const pages = createThreescalePages(billing, invoices)
  const accounts = createThreescaleAccounts(billing)
  return {
    billing,
    invoices,
    pages,
    byBuyer: createInvoicesByBuyer(pages),
    billedBuyers: createBilledBuyers(pages),
    accounts,
    allAccounts: createAllAccounts(billing, accounts),
    details: createThreescaleDetails(billing),
  }
}
