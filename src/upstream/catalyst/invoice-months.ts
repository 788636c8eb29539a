import { type Invoice, linesUnavailable } from '../../domain/invoice.js'
import { addMonths, firstDayOf, monthAt, monthOf, type YearMonth } from '../../domain/period.js'
import type { Clock } from '../../request/clock.js'
import type { CacheableBatch, FetchedPart } from '../cache/cacheable.js'
import type { ResponseCache } from '../cache/response-cache.js'
import type { ResponseKind } from '../cache/ttl.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import type { CatalystClient } from './client.js'
import { type InvoiceMonth, isClosed, lacksLines, readMonth, toPart } from './invoice-month.js'
import type { InvoiceRanges } from './invoice-ranges.js'
import { type MonthRange, toMonthRanges } from './month-ranges.js'
import type { MappingSettings } from './totals.js'

/** Months of a project. */
export interface MonthsRequest {
  readonly projectId: string
  readonly months: readonly YearMonth[]
  /** With lines. */
  readonly detailed: boolean
}

/** What months are read with. */
export interface InvoiceMonthsOptions {
  readonly client: CatalystClient
  readonly ranges: InvoiceRanges
  readonly settings: Omit<MappingSettings, 'regions'>
  readonly cache: ResponseCache
  readonly decoders: DecodePool
  readonly clock: Clock
}

type ByMonth = ReadonlyMap<YearMonth, readonly Invoice[]>

/** Invoices by month: from the cache, the rest in as few ranges as possible. */
export class InvoiceMonths {
  constructor(private readonly options: InvoiceMonthsOptions) {}

  /**
   * The invoices of each month, oldest first; `[]` for a month without any.
   *
   * @throws the errors of the client, when the cache cannot serve the months instead
   */
  async read({ projectId, months, detailed }: MonthsRequest): Promise<ByMonth> {
    const now = monthAt(this.options.clock())
    // A month that has not begun has no invoices, and the server refuses a start in the future.
    const begun = [...new Set(months)].filter(month => month <= now).toSorted()
    const read = await (detailed ? this.readDetailed(projectId, begun) : this.readSummaries(projectId, begun))
    return new Map(months.map(month => [month, read.get(month) ?? []]))
  }

  private async readDetailed(projectId: string, months: readonly YearMonth[]): Promise<ByMonth> {
    const { ranges } = this.options
    const { withLines = [], withoutLines = [] } = Object.groupBy(months, month =>
      ranges.isWithoutLines(projectId, month) ? 'withoutLines' : 'withLines',
    )
    const [detailed, summaries] = await Promise.all([
      this.readCached({ projectId, months: withLines, detailed: true }),
      this.readSummaries(projectId, withoutLines),
    ])
    return new Map(
      [...detailed, ...summaries].map(([month, invoices]) => {
        const isFailing = ranges.isWithoutLines(projectId, month)
        return [month, invoices.map(invoice => noteMissingLines(invoice, isFailing))]
      }),
    )
  }

  /** Fresh months with lines serve as summaries, too. */
  private async readSummaries(projectId: string, months: readonly YearMonth[]): Promise<ByMonth> {
    const fresh = await this.options.cache.getFresh(this.toBatch({ projectId, months, detailed: true }))
    const known = new Map([...fresh.values()].map(({ value }) => [value.month, value.invoices]))
    const missing = months.filter(month => !known.has(month))
    return new Map([...known, ...(await this.readCached({ projectId, months: missing, detailed: false }))])
  }

  /** Range after range, so that the cache has those that were read before one fails. */
  private async readCached(request: MonthsRequest): Promise<ByMonth> {
    const read = new Map<YearMonth, readonly Invoice[]>()
    for (const [from, to] of this.rangesOf(request)) {
      const months = request.months.filter(month => month >= from && month <= to)
      for (const { value, stale } of (await this.options.cache.getAll(this.toBatch({ ...request, months }))).values()) {
        const { month, invoices } = value
        read.set(month, stale ? invoices.map(invoice => ({ ...invoice, stale })) : invoices)
      }
    }
    return read
  }

  private rangesOf({ projectId, months, detailed }: MonthsRequest): readonly MonthRange[] {
    const { ranges } = this.options
    const mustAvoid = (month: YearMonth): boolean => detailed && ranges.isWithoutLines(projectId, month)
    return toMonthRanges(months, ranges.maxGapMonths(), mustAvoid)
  }

  private toBatch({ projectId, months, detailed }: MonthsRequest): CacheableBatch<InvoiceMonth> {
    const { settings, decoders } = this.options
    const keys = new Map(months.map(month => [keyOf(projectId, month, detailed), month]))
    return {
      kind: 'catalyst-bills',
      keys: [...keys.keys()],
      fetch: due => this.fetch({ projectId, months: due.flatMap(key => keys.get(key) ?? []), detailed }),
      decode: (body, asOf) => readMonth(body, asOf, settings, decoders),
      kindOf: month => this.kindOf(month, detailed),
    }
  }

  private async fetch(request: MonthsRequest): Promise<ReadonlyMap<string, FetchedPart<InvoiceMonth>>> {
    const parts = new Map<string, FetchedPart<InvoiceMonth>>()
    for (const range of this.rangesOf(request)) {
      for (const part of await this.fetchRange(request, range)) {
        parts.set(keyOf(request.projectId, part.value.month, request.detailed), part)
      }
    }
    return parts
  }

  /** Every month of the range, also those without invoices: that is known from now on. */
  private async fetchRange(
    { projectId, detailed }: MonthsRequest,
    [from, to]: MonthRange,
  ): Promise<readonly FetchedPart<InvoiceMonth>[]> {
    const { client, ranges, clock, settings } = this.options
    const range = { projectId, start: firstDayOf(from), end: firstDayOf(addMonths(to, 1)), detailed }
    const found = (await ranges.read(range)) ?? { project_id: projectId, project_name: '', invoices: [] }
    const regions = await client.regions()
    const asOf = clock().toISOString()
    const byMonth = Map.groupBy(found.invoices, ([date]) => monthOf(date))
    const parts: FetchedPart<InvoiceMonth>[] = []
    for (let month = from; month <= to; month = addMonths(month, 1)) {
      const invoices = byMonth.get(month) ?? []
      parts.push(await toPart(month, { ...found, invoices }, asOf, { ...settings, regions }))
    }
    return parts
  }

  /** The kind whose TTL applies; null for a month that lacks the lines asked for. */
  private kindOf(month: InvoiceMonth, detailed: boolean): ResponseKind | null {
    if (detailed && lacksLines(month)) return null
    return isClosed(month, this.options.clock()) ? 'catalyst-closed-bills' : 'catalyst-bills'
  }
}

function keyOf(projectId: string, month: YearMonth, detailed: boolean): string {
  return `${projectId}/${month}/${detailed ? 'detailed' : 'summary'}`
}

/** @param isFailing whether the server is known to fail for the lines of that month */
function noteMissingLines(invoice: Invoice, isFailing: boolean): Invoice {
  if (invoice.lineItems) return invoice
  const product = 'cannot list its lines: it may hold a product that is no longer sold'
  return linesUnavailable(invoice, isFailing ? product : 'returned no lines for it just now')
}
