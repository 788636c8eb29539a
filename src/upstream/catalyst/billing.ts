import type { CloudProduct } from '../../domain/cloud-product.js'
import type { Credit } from '../../domain/credit.js'
import type { Invoice } from '../../domain/invoice.js'
import type { Buyer } from '../../domain/party.js'
import { addMonths, monthAt, monthsBetween, type YearMonth } from '../../domain/period.js'
import type { Clock } from '../../request/clock.js'
import { UpstreamDeniedError } from '../http/errors.js'
import type { UpstreamHealth } from '../http/upstream-http.js'
import type { Project } from '../keystone/wire.js'
import type { CatalystClient } from './client.js'
import type { InvoiceMonths, MonthsQuestion } from './invoice-months.js'
import type { InvoiceReader } from './invoice-ranges.js'
import { toCloudProducts } from './map-usage.js'
import { type MappingSettings, toBuyer } from './mapping.js'
import type { PriceLists } from './price-lists.js'
import { type QuotationAnswer, type QuotationQuestion, readQuotation } from './quotations.js'
import { type MeasurementsAnswer, type MeasurementsQuestion, readCredits, readMeasurements } from './usage.js'

/** What Catalyst's billing is made of. */
export interface CatalystBillingOptions {
  readonly client: CatalystClient
  readonly reader: InvoiceReader
  readonly months: InvoiceMonths
  readonly priceLists: PriceLists
  readonly terms: Omit<MappingSettings, 'regions'>
  readonly health: () => readonly UpstreamHealth[]
  readonly clock: Clock
}

/** Whom a credential stands for. */
export interface AccountIdentity {
  /** Its own project, as the one who is billed. */
  readonly project: Buyer
  /** True when its role lets it read other projects. */
  readonly isAdmin: boolean
}

/** All that one credential can ask of Catalyst Cloud, in the domain's terms. */
export class CatalystBilling {
  constructor(private readonly options: CatalystBillingOptions) {}

  /** The project of the gateway's own credential. */
  async ownProjectId(): Promise<string> {
    return (await this.options.client.standing()).project.id
  }

  /** Whom the gateway's credential stands for. */
  async identity(): Promise<AccountIdentity> {
    const { project, roles } = await this.options.client.standing()
    return { project: toBuyer(project.id, project.name), isAdmin: roles.includes('admin') }
  }

  /** The regions that are asked, the preferred one first. */
  regions(): Promise<readonly string[]> {
    return this.options.client.regions()
  }

  /** The bills of each month asked for, oldest first; `[]` for a month without any. */
  invoicesByMonth(question: MonthsQuestion): Promise<ReadonlyMap<YearMonth, readonly Invoice[]>> {
    return this.options.months.read(question)
  }

  /** The months between two, both included, oldest first, as far as history and the running month go. */
  async monthsBetween(from: YearMonth | null, to: YearMonth | null): Promise<readonly YearMonth[]> {
    const now = monthAt(this.options.clock())
    const first = from ?? addMonths(now, 1 - (await this.options.reader.historyMonths()))
    const last = to !== null && to < now ? to : now
    if (first > last) return []
    return Array.from({ length: monthsBetween(first, last) + 1 }, (_, index) => addMonths(first, index))
  }

  /**
   * Which bills there are in these months, oldest first, without lines. Their totals count hidden lines, which the detailed
   * answer leaves out: show `invoicesByMonth` instead.
   */
  async index(projectId: string, months: readonly YearMonth[]): Promise<readonly Invoice[]> {
    const found = await this.options.months.read({ projectId, months, detailed: false })
    return months.flatMap(month => found.get(month) ?? [])
  }

  /** True when the server is known to tell the lines at no cost: one that computes its bills has them at hand. */
  hasLinesForFree(): boolean {
    return this.options.reader.hasLinesForFree()
  }

  /** The running month over the regions asked for. */
  async quotation(question: QuotationQuestion): Promise<QuotationAnswer> {
    const regions = await this.options.client.regions()
    return readQuotation(this.options.client, question, { ...this.options.terms, regions })
  }

  /** What products cost in the regions asked for, by one region's price list. */
  async products(regions: readonly string[]): Promise<readonly CloudProduct[]> {
    const [first] = await this.options.client.regions()
    return toCloudProducts(await this.options.priceLists.of(first), regions, this.options.terms.currency)
  }

  /** Raw usage over the regions asked for. */
  measurements(question: MeasurementsQuestion): Promise<MeasurementsAnswer> {
    return readMeasurements(this.options.client, question)
  }

  /** What is left of a project's grants. */
  credits(projectId: string): Promise<readonly Credit[]> {
    return readCredits(this.options.client, projectId, this.options.terms.currency)
  }

  /** A project as the one who is billed; null when the rating service knows none, or not for this credential. */
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
   * Asks every region for next to nothing, to see whether anybody answers; with the right to know, also whether all works.
   *
   * @returns what is wrong with regions
   * @throws the first region's error when none of them answers
   */
  async ping(): Promise<readonly string[]> {
    const regions = await this.options.client.regions()
    const pings = await failuresOf(regions, region => this.options.client.ping(region))
    const [failure] = pings
    if (failure && pings.length === regions.length) throw failure.error
    const answering = regions.filter(region => pings.every(ping => ping.region !== region))
    const complaints = await failuresOf(answering, region => this.checkHealth(region))
    return [...pings, ...complaints].map(({ region, error }) => `${region}: ${error.message}`)
  }

  /**
   * Whether a region's server says that all of it works; false when it does not tell. It tells admins only, and nobody else asks.
   *
   * @throws UpstreamDegradedError when it says that something does not
   */
  async checkHealth(region: string): Promise<boolean> {
    const { roles } = await this.options.client.standing()
    return roles.includes('admin') && this.options.client.checkHealth(region)
  }

  /** The projects that the credential's user has a role in, the own one included, once it has logged in; `[]` for one bound to its own. */
  projects(): Promise<readonly Project[]> {
    return this.options.client.projects()
  }

  /** Of Keystone and of every rating server that is known so far. */
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
  ask: (region: string) => Promise<unknown>,
): Promise<readonly RegionFailure[]> {
  const answers = await Promise.allSettled(regions.map(ask))
  return regions.flatMap((region, index) => {
    const answer = answers[index]
    return answer?.status === 'rejected' ? [{ region, error: answer.reason as Error }] : []
  })
}
