import DataLoader from 'dataloader'
import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Invoice } from '../../domain/invoice.js'
import type { InvoiceFilter } from '../../domain/invoice-filter.js'
import type { Buyer } from '../../domain/party.js'
import type { CatalystAccounts, OwnProjects } from '../../upstream/catalyst/accounts.js'
import type { QuotationAnswer } from '../../upstream/catalyst/quotations.js'
import type { MeasurementsAnswer, MeasurementsQuestion } from '../../upstream/catalyst/usage.js'
import type { Load } from '../load.js'
import { settle } from '../settle.js'
import { catalystInvoiceSources, type ProjectSource } from './invoice-source.js'
import { type CatalystMonth, createCatalystMonths } from './months.js'

/** A project and the regions that are read. */
export interface ProjectRegions {
  readonly projectId: string
  readonly regions: readonly string[]
}

/** Loaders of Catalyst Cloud's records. */
export interface CatalystLoaders {
  /** For health checks and the provider only. Billing data is read through the loaders. */
  readonly billing: CatalystAccounts
  /** True when a project's bills are visible as a whole, rather than some customers' lines of them. */
  showsBills(projectId: string): boolean
  /** The project that is read when a query names none. */
  defaultProjectId(): Promise<string>
  /** The projects of the configured accounts. */
  own(): Promise<OwnProjects>
  /**
   * The ids of the accounts' projects in which customers' lines are visible. Throws the failure of an account whose project is
   * unknown, since a sum without it would look complete.
   */
  costProjects(): Promise<readonly string[]>
  /** The sources of an invoice list, one per project. */
  invoiceSources(filter: InvoiceFilter): Promise<readonly ProjectSource[]>
  /** Value: the bills of a month with their lines, oldest first. */
  readonly months: Load<CatalystMonth, readonly Invoice[]>
  /** Like `months`, for reading customers' costs: may contain these customers' lines only. */
  readonly customerBills: Load<CatalystMonth, readonly Invoice[]>
  /** Value: the quotation of the running month, with its lines. */
  readonly quotations: Load<ProjectRegions, QuotationAnswer>
  /** Like `quotations`, for reading customers' costs: may contain these customers' lines only. */
  readonly customerQuotations: Load<ProjectRegions, QuotationAnswer>
  /** Key: project id. Value: the project; null when it is unknown or not visible. */
  readonly projects: Load<string, Buyer | null>
  /** The regions of a project's cloud, the preferred one first; null for the default project. */
  regions(projectId: string | null): Promise<readonly string[]>
  /** Key: regions. */
  readonly products: Load<readonly string[], readonly CloudProduct[]>
  readonly measurements: Load<MeasurementsQuestion, MeasurementsAnswer>
  /** Key: project id. */
  readonly credits: Load<string, readonly Credit[]>
}

/** Loaders with full access to all projects of all accounts. Callers use them through `authorizeCatalyst`. */
export function createCatalystLoaders(billing: CatalystAccounts): CatalystLoaders {
  const months = createCatalystMonths(billing)
  const quotations = createQuotations(billing)
  return {
    billing,
    showsBills: () => true,
    defaultProjectId: () => billing.default.ownProjectId(),
    own: () => billing.own(),
    costProjects: async () => {
      const { projects, failures } = await billing.own()
      const [failure] = failures
      if (failure) throw failure
      return projects.map(({ project }) => project.nativeId)
    },
    invoiceSources: filter => catalystInvoiceSources(billing, months, filter),
    months,
    customerBills: months,
    quotations,
    customerQuotations: quotations,
    // The configured accounts' own projects cost no call.
    projects: new DataLoader(ids => settle(ids, async id => (await billing.of(id)).project(id)), {
      name: 'catalystProjects',
    }),
    regions: async projectId => (projectId === null ? billing.default : await billing.of(projectId)).regions(),
    products: { load: regions => billing.default.products(regions) },
    measurements: { load: async question => (await billing.of(question.projectId)).measurements(question) },
    credits: { load: async projectId => (await billing.of(projectId)).credits(projectId) },
  }
}

/**
 * One call per region. Always with lines: a server that states no tax has it computed line by line, and a total must not depend
 * on the fields of the query. The call costs the server the same.
 */
function createQuotations(billing: CatalystAccounts): Load<ProjectRegions, QuotationAnswer> {
  return new DataLoader<ProjectRegions, QuotationAnswer, string>(
    keys => settle(keys, async key => (await billing.of(key.projectId)).quotation({ ...key, detailed: true })),
    { name: 'quotations', cacheKeyFn: ({ projectId, regions }) => [projectId, ...regions].join(' ') },
  )
}
