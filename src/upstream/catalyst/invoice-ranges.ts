import { LRUCache } from 'lru-cache'
import { addMonths, firstDayOf, type LocalDate, monthOf, monthsBetween, type YearMonth } from '../../domain/period.js'
import type { Clock } from '../../request/clock.js'
import { UpstreamError, UpstreamFormatError, UpstreamNotFoundError, UpstreamStatusError } from '../http/errors.js'
import type { CatalystClient } from './client.js'
import { type CatalystDriver, driverOfInvoices, driverOfProducts } from './driver.js'
import { mergeRegions } from './merge-regions.js'
import type * as wire from './wire.js'

/** The invoices of a project dated from one first of a month up to, not including, another. */
export interface InvoiceRange {
  readonly projectId: string
  readonly start: LocalDate
  readonly end: LocalDate
  /** With lines. */
  readonly detailed: boolean
}

/** A range that is read in halves, because the server fails to list the lines of all of it. */
interface Halving {
  /** All of the range, without lines. */
  readonly summary: wire.Invoices
  /** Months whose lines the server fails to list. */
  readonly failed: Set<YearMonth>
  /** The failure of the server, not of a range, that ended the reading. */
  outage: UpstreamError | null
}

/** What ranges are read with. */
export interface InvoiceRangesOptions {
  readonly client: CatalystClient
  /** The kind of server, where it is configured; otherwise it is recognised once, by its responses. */
  readonly driver: CatalystDriver | null
  readonly clock: Clock
}

/** How many months of history a list covers by default: computing months from usage costs a server seconds. */
const HISTORY_MONTHS: Readonly<Record<CatalystDriver, number>> = { odoo: 120, jsonfile: 24 }
/** How long a month whose lines the server fails to list is read without them. */
const WITHOUT_LINES_MS = 3_600_000
const MAX_MONTHS_WITHOUT_LINES = 10_000

/** Reads ranges of invoices over all regions, from either kind of rating server. */
export class InvoiceRanges {
  private driver: CatalystDriver | undefined
  /** Months whose lines the server fails to list, and until when that is believed. */
  private readonly withoutLines = new LRUCache<string, number>({ max: MAX_MONTHS_WITHOUT_LINES })

  constructor(private readonly options: InvoiceRangesOptions) {
    this.driver = options.driver ?? undefined
  }

  /**
   * The invoices of a range, with their lines as far as the server can list them; null when no region knows the project.
   *
   * One line of a retired product makes the server fail with 500 for the whole detailed range. The range is then halved until
   * the months with such lines are found; these come from the summary, without lines. When the server stops responding meanwhile,
   * the months that are not read yet come from the summary as well.
   *
   * @throws the errors of the client; that of one region fails all, since a sum without it would be wrong
   */
  async read(range: InvoiceRange): Promise<wire.Invoices | null> {
    try {
      return await this.readRegions(range)
    } catch (error) {
      if (!range.detailed || !isServerError(error)) throw error
      // The summary involves no product. Where it fails as well, the server is down, and halving would find nothing.
      const summary = await this.readRegions({ ...range, detailed: false })
      if (summary === null) return null
      const halving: Halving = { summary, failed: new Set(), outage: null }
      const invoices = await this.readHalves(range, halving)
      const hasRead = invoices.some(([, { details }]) => details !== undefined)
      if (halving.outage && !hasRead) throw halving.outage
      // When every one of several months fails, the server may have gone down meanwhile.
      if (hasRead || halving.failed.size === 1) this.rememberWithoutLines(range.projectId, halving.failed)
      return { ...summary, invoices }
    }
  }

  /** True for an hour after the server failed to list the lines of that month. */
  isWithoutLines(projectId: string, month: YearMonth): boolean {
    return this.options.clock().getTime() < (this.withoutLines.get(`${projectId} ${month}`) ?? 0)
  }

  /**
   * The largest number of unwanted months between two wanted ones in one range. An ERP has them at hand; a server that
   * computes invoices would compute these too.
   */
  maxGapMonths(): number {
    return this.driver === 'jsonfile' ? 6 : Number.POSITIVE_INFINITY
  }

  /** True for a server that computes its invoices: it has their lines at hand. An ERP looks them up invoice by invoice. */
  hasLinesForFree(): boolean {
    return this.driver === 'jsonfile'
  }

  /** How many months of history a list covers by default. */
  async historyMonths(): Promise<number> {
    const [first] = await this.options.client.regions()
    this.driver ??= await this.recogniseByPrices(first)
    return HISTORY_MONTHS[this.driver ?? 'jsonfile']
  }

  /** An ERP's server knows the invoices of all regions; the others know only their own, so that these are added up. */
  private async readRegions(range: InvoiceRange): Promise<wire.Invoices | null> {
    const regions = await this.options.client.regions()
    const isOnly = regions.length === 1
    // A summary does not show which kind of server computed it. The price list does; where that fails, lines do.
    if (!isOnly && !range.detailed) this.driver ??= await this.recogniseByPrices(regions[0])
    if (!isOnly && this.driver === 'jsonfile') return this.readSum(regions, range)
    const detailed = range.detailed || (!isOnly && this.driver === undefined)
    for (const [index, region] of regions.entries()) {
      const found = await this.readRegion(region, { ...range, detailed })
      if (!found) continue
      // Without any invoice it is an ERP: the others compute an empty one for every month.
      if (isOnly || this.driver === 'odoo' || found.invoices.length === 0) return found
      this.driver = driverOfInvoices(found) ?? (await this.recogniseByPrices(region))
      return this.driver === 'jsonfile' ? this.readSum(regions.slice(index + 1), range, found) : found
    }
    return null
  }

  private async readSum(
    regions: readonly string[],
    range: InvoiceRange,
    ...known: readonly wire.Invoices[]
  ): Promise<wire.Invoices | null> {
    const read = await Promise.all(regions.map(region => this.readRegion(region, range)))
    const [first, ...rest] = [...known, ...read].filter(found => found !== null)
    return first ? mergeRegions([first, ...rest]) : null
  }

  /** Null where the region's server does not know the project: it was never used there. */
  private async readRegion(region: string, range: InvoiceRange): Promise<wire.Invoices | null> {
    const { client } = this.options
    try {
      const found = await client.listInvoices({ ...range, region })
      // The server's cache mixed up summary and detailed. It is asked once more, past the cache.
      const isMixedUp = range.detailed && found.invoices.some(([, { details }]) => details === undefined)
      return isMixedUp ? await client.listInvoices({ ...range, region, again: true }) : found
    } catch (error) {
      if (error instanceof UpstreamNotFoundError) return null
      throw error
    }
  }

  /** The range in halves, each detailed where that works; a single month where it does not comes from the summary. */
  private async readHalves(range: InvoiceRange, halving: Halving): Promise<wire.Invoices['invoices']> {
    const { start, end } = range
    const months = monthsBetween(monthOf(start), monthOf(end))
    if (months <= 1) {
      const found = withinRange(halving.summary, range)
      for (const [date] of found) halving.failed.add(monthOf(date))
      return found
    }
    const middle = firstDayOf(addMonths(monthOf(start), months >> 1))
    const first = await this.readHalf({ ...range, end: middle }, halving)
    return [...first, ...(await this.readHalf({ ...range, start: middle }, halving))]
  }

  private async readHalf(half: InvoiceRange, halving: Halving): Promise<wire.Invoices['invoices']> {
    if (halving.outage) return withinRange(halving.summary, half)
    try {
      return (await this.readRegions(half))?.invoices ?? []
    } catch (error) {
      if (isServerError(error)) return this.readHalves(half, halving)
      if (!(error instanceof UpstreamError && error.retryable)) throw error
      halving.outage = error
      return withinRange(halving.summary, half)
    }
  }

  private rememberWithoutLines(projectId: string, months: Iterable<YearMonth>): void {
    const until = this.options.clock().getTime() + WITHOUT_LINES_MS
    for (const month of months) this.withoutLines.set(`${projectId} ${month}`, until)
  }

  /** Undefined where the list has no prices or cannot be read: it then says nothing about invoices. */
  private async recogniseByPrices(region: string): Promise<CatalystDriver | undefined> {
    try {
      return driverOfProducts((await this.options.client.listProducts(region)).value)
    } catch (error) {
      const isUseless = [UpstreamStatusError, UpstreamNotFoundError, UpstreamFormatError].some(
        kind => error instanceof kind,
      )
      if (isUseless) return undefined
      throw error
    }
  }
}

function withinRange({ invoices }: wire.Invoices, { start, end }: InvoiceRange): wire.Invoices['invoices'] {
  return invoices.filter(([date]) => date >= start && date < end)
}

function isServerError(error: unknown): boolean {
  return error instanceof UpstreamStatusError && error.status === 500
}
