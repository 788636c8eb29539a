import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Invoice } from '../../domain/invoice.js'
import type { Buyer } from '../../domain/party.js'
import { addMonths, monthAt, monthsBetween, type YearMonth } from '../../domain/period.js'
import type { TaxRounding } from '../../domain/taxed-money.js'
import type { Clock } from '../../request/clock.js'
import { UpstreamDeniedError } from '../http/errors.js'
import type { UpstreamHealth } from '../http/upstream-http.js'
import type { Project } from '../keystone/wire.js'
import type { CatalystClient } from './client.js'
import type { InvoiceMonths, MonthsRequest } from './invoice-months.js'
import type { InvoiceRanges } from './invoice-ranges.js'
import { toBuyer } from './mapping.js'
import { type QuotationAnswer, type QuotationQuestion, readQuotation } from './quotations.js'
import type { MappingSettings } from './totals.js'
import {
  type MeasurementsAnswer,
  type MeasurementsQuestion,
  readCredits,
  readMeasurements,
  readProducts,
} from './usage.js'

/** What Catalyst's billing is made of. */
export interface CatalystBillingOptions {
  readonly client: CatalystClient
  readonly ranges: InvoiceRanges
  readonly months: InvoiceMonths
  readonly settings: Omit<MappingSettings, 'regions'>
  readonly health: () => readonly UpstreamHealth[]
  readonly clock: Clock
}

/** What a credential stands for. */
export interface AccountIdentity {
  /** Its own project, as buyer. */
  readonly project: Buyer
  /** True when its role lets it read other projects. */
  readonly isAdmin: boolean
}

/** Everything that one credential can read from Catalyst Cloud, in the domain's terms. */
export class CatalystBilling {
  constructor(private readonly options: CatalystBillingOptions) {}

  /** The project of the gateway's own credential. */
  async ownProjectId(): Promise<string> {
    return (await this.options.client.standing()).project.id
  }

  /** How the tax is rounded that bills do not state. */
  get taxRounding(): TaxRounding {
    return this.options.settings.taxRounding
  }

  /** What the gateway's credential stands for. */
  async identity(): Promise<AccountIdentity> {
    const { project, roles } = await this.options.client.standing()
    return { project: toBuyer(project.id, project.name), isAdmin: roles.includes('admin') }
  }

  /** The regions whose rating servers are called, the preferred one first. */
  regions(): Promise<readonly string[]> {
    return this.options.client.regions()
  }

  /** The invoices of each month, oldest first; `[]` for a month without any. */
  invoicesByMonth(request: MonthsRequest): Promise<ReadonlyMap<YearMonth, readonly Invoice[]>> {
    return this.options.months.read(request)
  }

  /**
   * The months between two, both included, oldest first. They end with the running month, and begin with the history that
   * the server can list when `from` is null.
   */
  async monthsBetween(from: YearMonth | null, to: YearMonth | null): Promise<readonly YearMonth[]> {
    const now = monthAt(this.options.clock())
    const first = from ?? addMonths(now, 1 - (await this.options.ranges.historyMonths()))
    const last = to !== null && to < now ? to : now
    if (first > last) return []
    return Array.from({ length: monthsBetween(first, last) + 1 }, (_, index) => addMonths(first, index))
  }

  /**
   * The invoices of these months, oldest first, without lines: an index of which there are. Their totals count hidden lines,
   * which detailed invoices leave out: show those of `invoicesByMonth`.
   */
  async index(projectId: string, months: readonly YearMonth[]): Promise<readonly Invoice[]> {
    const found = await this.options.months.read({ projectId, months, detailed: false })
    return months.flatMap(month => found.get(month) ?? [])
  }

  /** True when the server is known to list lines at no extra cost: one that computes its invoices has them at hand. */
  hasLinesForFree(): boolean {
    return this.options.ranges.hasLinesForFree()
  }

  /** The running month over the regions asked for. */
  async quotation(question: QuotationQuestion): Promise<QuotationAnswer> {
    const { client, settings } = this.options
    return readQuotation(client, question, { ...settings, regions: await client.regions() })
  }

  /** The priced products of the regions asked for. */
  products(regions: readonly string[]): Promise<readonly CloudProduct[]> {
    return readProducts(this.options.client, regions, this.options.settings.currency)
  }

  /** Raw usage over the regions asked for. */
  measurements(question: MeasurementsQuestion): Promise<MeasurementsAnswer> {
    return readMeasurements(this.options.client, question)
  }

  /** What is left of a project's grants. */
  credits(projectId: string): Promise<readonly Credit[]> {
    return readCredits(this.options.client, projectId, this.options.settings.currency)
  }

  /** A project as buyer; null when the rating service does not know it, or this credential may not read it. */
  async project(projectId: string): Promise<Buyer | null> {
    const { project } = await this.options.client.standing()
    if (project.id === projectId) return toBuyer(project.id, project.name)
    const regions = await this.options.client.regions()
    const answer = await this.quotation({ projectId, regions, detailed: false }).catch((error: unknown) => {
      if (error instanceof UpstreamDeniedError) return null
      throw error
    })
    const [failure] = answer?.failures ?? []
    // A region that failed may be the one that knows it.
    if (failure && !answer?.quotation) throw failure
    return answer?.quotation?.buyer ?? null
  }

  /**
   * Checks at little cost which regions answer; with the role admin, also whether all of a server works.
   *
   * @returns one sentence for each problem
   * @throws the first region's error when none answers
   */
  async ping(): Promise<readonly string[]> {
    const regions = await this.options.client.regions()
    const silent = await failuresOf(regions, region => this.options.client.ping(region))
    const [failure] = silent
    if (failure && silent.length === regions.length) throw failure.error
    const answering = regions.filter(region => silent.every(ping => ping.region !== region))
    const unhealthy = await failuresOf(answering, region => this.checkHealth(region))
    const problems = [...silent, ...unhealthy]
    return problems.map(({ region, error }) => `${region}: ${error.message}`)
  }

  /**
   * True when a region's server reports that all of it works; false when it does not tell. It tells admins only, so that no
   * other credential asks.
   *
   * @throws UpstreamDegradedError when it reports that something does not work
   */
  async checkHealth(region: string): Promise<boolean> {
    const { roles } = await this.options.client.standing()
    return roles.includes('admin') && this.options.client.checkHealth(region)
  }

  /** The projects in which the credential's user has a role, after a login; `[]` for a credential bound to one project. */
  projects(): Promise<readonly Project[]> {
    return this.options.client.projects()
  }

  /** Of Keystone and of every rating server known so far. */
  health(): readonly UpstreamHealth[] {
    return this.options.health()
  }
}

interface RegionFailure {
  readonly region: string
  readonly error: Error
}

async function failuresOf(
  regions: readonly string[],
  check: (region: string) => Promise<unknown>,
): Promise<readonly RegionFailure[]> {
  const results = await Promise.allSettled(regions.map(check))
  return regions.flatMap((region, index) => {
    const result = results[index]
    return result?.status === 'rejected' ? [{ region, error: result.reason as Error }] : []
  })
}
