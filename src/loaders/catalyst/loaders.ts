import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Invoice } from '../../domain/invoice.js'
import type { InvoiceFilter } from '../../domain/invoice-filter.js'
import type { Buyer } from '../../domain/party.js'
import type { CatalystAccounts, OwnProjects } from '../../upstream/catalyst/accounts.js'
import type { QuotationAnswer, QuotationQuestion } from '../../upstream/catalyst/quotations.js'
import type { MeasurementsAnswer, MeasurementsQuestion } from '../../upstream/catalyst/usage.js'
import type { Load } from '../load.js'
import { catalystInvoiceSources, type ProjectSource } from './invoice-source.js'
import { type CatalystMonth, createCatalystMonths } from './months.js'
import { createCatalystProjects } from './projects.js'
import { createQuotations } from './quotations.js'

/** Loaders of what Catalyst Cloud bills. */
export interface CatalystLoaders {
  /** For how the accounts stand, and who issues; whatever is billed is asked of the loaders. */
  readonly billing: CatalystAccounts
  /** Whether a project's bills are shown as such, and not only customers' lines of them. */
  showsBills(projectId: string): boolean
  /** The project that is meant where none is named. */
  defaultProjectId(): Promise<string>
  /** The accounts' own projects. */
  own(): Promise<OwnProjects>
  /** What a list of bills is read from: one source a project. */
  invoiceSources(filter: InvoiceFilter): Promise<readonly ProjectSource[]>
  /** Value: a month's bills with their lines, oldest first. */
  readonly months: Load<CatalystMonth, readonly Invoice[]>
  /** The same, for reading costs of customers from: perhaps with these customers' lines only. */
  readonly customerBills: Load<CatalystMonth, readonly Invoice[]>
  readonly quotations: Load<QuotationQuestion, QuotationAnswer>
  /** The same, for reading costs of customers from. */
  readonly customerQuotations: Load<QuotationQuestion, QuotationAnswer>
  /** Key: project id. Value: the project as the one who is billed, or null. */
  readonly projects: Load<string, Buyer | null>
  /** The regions that are asked about a project; null for the default project. */
  regions(projectId: string | null): Promise<readonly string[]>
  /** Key: regions. */
  readonly products: Load<readonly string[], readonly CloudProduct[]>
  readonly measurements: Load<MeasurementsQuestion, MeasurementsAnswer>
  /** Key: project id. */
  readonly credits: Load<string, readonly Credit[]>
}

/** Loaders that see all projects of all accounts, and belong behind a guard. */
export function createCatalystLoaders(billing: CatalystAccounts): CatalystLoaders {
  const months = createCatalystMonths(billing)
  const quotations = createQuotations(billing)
  return {
    billing,
    showsBills: () => true,
    defaultProjectId: () => billing.default.ownProjectId(),
    own: () => billing.own(),
    invoiceSources: ({ buyer }) => catalystInvoiceSources(billing, months, buyer),
    months,
    customerBills: months,
    quotations,
    customerQuotations: quotations,
    projects: createCatalystProjects(billing),
    regions: async projectId => (projectId === null ? billing.default : await billing.of(projectId)).regions(),
    products: { load: regions => billing.default.products(regions) },
    measurements: { load: async question => (await billing.of(question.projectId)).measurements(question) },
    credits: { load: async projectId => (await billing.of(projectId)).credits(projectId) },
  }
}
