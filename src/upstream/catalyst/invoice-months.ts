import { type Invoice, linesUnavailable } from '../../domain/invoice.js'
import { addMonths, firstDayOf, monthAt, monthOf, monthsBetween, type YearMonth } from '../../domain/period.js'
import type { Clock } from '../../request/clock.js'
import { Coalescer } from '../../request/coalesce.js'
import { noteFreshUntil } from '../../request/freshness.js'
import { isOutage } from '../cache/outage.js'
import { UpstreamFormatError, UpstreamNotFoundError, type UpstreamRequest } from '../http/errors.js'
import { type InvoiceMonth, toMonth } from './invoice-month.js'
import type { InvoiceReader } from './invoice-ranges.js'
import { isWhole, type KeptMonth, type KeptMonths } from './kept-months.js'
import type { MappingSettings } from './mapping.js'
import { type ReadRange, readWithLines } from './read-with-lines.js'

/** Which months of which project, and whether with lines. */
export interface MonthsQuestion {
  readonly projectId: string
  readonly months: readonly YearMonth[]
  readonly detailed: boolean
}

/** What the months are read with. */
export interface InvoiceMonthsOptions {
  readonly reader: InvoiceReader
  readonly terms: Omit<MappingSettings, 'regions'>
  readonly kept: KeptMonths
  readonly clock: Clock
}

/** One month's invoices, and until when they need no asking for. */
interface FoundMonth {
  readonly invoices: readonly Invoice[]
  /** Milliseconds of the clock. */
  readonly freshUntil: number
}

type ByMonth = ReadonlyMap<YearMonth, FoundMonth>

/** One that nothing is known of. */
const NOTHING: FoundMonth = { invoices: [], freshUntil: 0 }

type MonthRange = readonly [from: YearMonth, to: YearMonth]

/** A range of more months than this is asked in parts, or a server would compute for minutes. */
const MAX_RANGE_MONTHS = 120

/** Bills by month: months that are known come from what is kept, the rest in one range a project. */
export class InvoiceMonths {
  private readonly coalescer = new Coalescer<ByMonth>()

  constructor(private readonly options: InvoiceMonthsOptions) {}

  /**
   * The invoices of each month, `[]` for one without any.
   *
   * @throws the errors of the reader, where nothing is kept that could stand in
   */
  async read(question: MonthsQuestion): Promise<ReadonlyMap<YearMonth, readonly Invoice[]>> {
    const now = monthAt(this.options.clock())
    // A month that has not begun has no bills, and the server refuses a start in the future.
    const months = [...new Set(question.months)].filter(month => month <= now).toSorted()
    const key = [question.projectId, question.detailed, ...months].join(' ')
    // Who asks while the months of another's answer are being kept would find some of them only, and ask for the rest.
    const read = await this.coalescer.run(key, () => this.readMonths({ ...question, months }))
    for (const { freshUntil } of read.values()) noteFreshUntil(freshUntil)
    return new Map(question.months.map(month => [month, read.get(month)?.invoices ?? []]))
  }

  private async readMonths({ projectId, months, detailed }: MonthsQuestion): Promise<ByMonth> {
    const { kept, reader } = this.options
    const known = new Map<YearMonth, KeptMonth>()
    const look = async (month: YearMonth): Promise<void> => {
      const found = await kept.find(projectId, month, detailed)
      if (found) known.set(month, found)
    }
    await Promise.all(months.map(look))
    const found = new Map<YearMonth, FoundMonth>()
    for (const [month, { entry, isFresh }] of known) {
      if (isFresh) found.set(month, { invoices: entry.invoices, freshUntil: kept.freshUntil(month, entry) })
    }
    const missing = months.filter(month => !known.get(month)?.isFresh)
    for (const range of toRanges(missing, reader.maxGapMonths())) {
      const within = missing.filter(month => month >= range[0] && month <= range[1])
      const read = await this.readRange(projectId, range, detailed).catch((error: unknown) =>
        this.standIn(error, within, known),
      )
      for (const month of within) found.set(month, read.get(month) ?? NOTHING)
    }
    return found
  }

  /** What was read before, marked stale, when all of it was. */
  private standIn(error: unknown, months: readonly YearMonth[], known: ReadonlyMap<YearMonth, KeptMonth>): ByMonth {
    const kept = months.map(month => [month, known.get(month)] as const)
    const isWhole = kept.every(([, month]) => month && this.options.kept.mayServeStale(month))
    if (!isOutage(error) || !isWhole) throw error
    return new Map(
      kept.map(([month, found]) => [month, { invoices: found?.entry.invoices.map(asStale) ?? [], freshUntil: 0 }]),
    )
  }

  private async readRange(projectId: string, [from, to]: MonthRange, detailed: boolean): Promise<ByMonth> {
    const asked: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }
    const question = { projectId, start: firstDayOf(from), end: firstDayOf(addMonths(to, 1)), detailed }
    const { reader } = this.options
    const read = await (detailed ? readWithLines(reader, question) : reader.read(question)).catch((error: unknown) => {
      // A project that the rating service has not collected yet has no bills.
      if (error instanceof UpstreamNotFoundError) return null
      throw error
    })
    if (read === null) return new Map()
    if (read.answer.project_id !== projectId) throw new UpstreamFormatError('it is about another project', asked)
    const entries = await this.toMonths(read, [from, to])
    const { kept } = this.options
    if (!read.stale) for (const [month, entry] of entries) await kept.keep(projectId, month, detailed, entry)
    const toFound = (month: YearMonth, entry: InvoiceMonth): FoundMonth => ({
      invoices: detailed ? entry.invoices.map(withoutLines) : entry.invoices,
      freshUntil: !read.stale && isWhole(entry, detailed) ? kept.freshUntil(month, entry) : 0,
    })
    return new Map([...entries].map(([month, entry]) => [month, toFound(month, entry)]))
  }

  /** The answer month by month, those without any bill as well: they are known from now on. */
  private async toMonths(read: ReadRange, [from, to]: MonthRange): Promise<ReadonlyMap<YearMonth, InvoiceMonth>> {
    const terms = { ...this.options.terms, regions: read.regions }
    const byMonth = Map.groupBy(read.answer.invoices, ([date]) => monthOf(date))
    const months = new Map<YearMonth, InvoiceMonth>()
    for (let month = from; month <= to; month = addMonths(month, 1)) {
      const oldestFirst = (byMonth.get(month) ?? []).toSorted(([left], [right]) => (left < right ? -1 : 1))
      months.set(month, await toMonth({ ...read.answer, invoices: oldestFirst }, read, terms))
    }
    return months
  }
}

function asStale(invoice: Invoice): Invoice {
  return { ...invoice, stale: true }
}

/** Says of a bill whose lines were asked for in vain that they are missing. */
function withoutLines(invoice: Invoice): Invoice {
  if (invoice.lineItems) return invoice
  return linesUnavailable(invoice, 'cannot list its lines: it may hold a product that is no longer sold')
}

/** As few ranges as may be: one over all months, in parts when it is very long or has gaps that are too wide to bridge. */
function toRanges(months: readonly YearMonth[], maxGap: number): readonly MonthRange[] {
  const runs: YearMonth[][] = []
  for (const month of months) {
    const last = runs.at(-1)?.at(-1)
    if (last === undefined || monthsBetween(last, month) > maxGap) runs.push([month])
    else runs.at(-1)?.push(month)
  }
  return runs.flatMap(run => {
    const parts = splitRange(run[0] ?? '', run.at(-1) ?? '')
    return parts.filter(([from, to]) => run.some(month => month >= from && month <= to))
  })
}

function splitRange(from: YearMonth, to: YearMonth): readonly MonthRange[] {
  const last = addMonths(from, MAX_RANGE_MONTHS - 1)
  if (monthsBetween(from, to) < MAX_RANGE_MONTHS) return [[from, to]]
  return [[from, last], ...splitRange(addMonths(last, 1), to)]
}
