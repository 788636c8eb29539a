import { z } from 'zod'
import { type Invoice, linesUnavailable } from '../../domain/invoice.js'
import { addMonths, firstDayOf, monthAt, monthOf, monthsBetween, type YearMonth } from '../../domain/period.js'
import type { Said } from '../answered.js'
import type { Cache, Codec } from '../cache.js'
import type { Clock } from '../clock.js'
import { UpstreamFormatError, UpstreamNotFoundError, type UpstreamRequest } from '../errors.js'
import { decoding } from '../off-thread.js'
import { encodeInvoices } from './decode.js'
import type { InvoiceReader, InvoicesQuestion } from './invoice-reader.js'
import { toInvoicesInTurns } from './map-in-turns.js'
import type { CatalystTerms } from './mapping.js'
import { type ReadRange, readWithLines } from './read-with-lines.js'
import type * as wire from './wire.js'

/** The bills of one project dated in one month, oldest first, as read and as mapped. */
export interface InvoiceMonth {
  readonly wire: wire.Invoices
  /** Known regions at that time, to tell them in product keys. */
  readonly regions: readonly string[]
  readonly invoices: readonly Invoice[]
  readonly asOf: string
}

/** Which months of which project, and whether with lines. */
export interface MonthsQuestion {
  readonly projectId: string
  readonly months: readonly YearMonth[]
  readonly detailed: boolean
}

/** What the months are read with. */
export interface InvoiceMonthsOptions {
  readonly reader: InvoiceReader
  readonly terms: Omit<CatalystTerms, 'regions'>
  readonly cache: Cache<InvoiceMonth>
  readonly clock: Clock
}

/** Closed and paid months rarely change; a credit note may still come. */
const PAID_MONTH_LIFE_MS = 6 * 3_600_000
/** A bill can come this many months late. */
const LATE_BILL_MONTHS = 3
/** A range of more months than this is asked in parts, or a server would compute for minutes. */
const MAX_RANGE_MONTHS = 120

/** Bills by month: months that are closed and paid come from the cache, the rest in one range a project. */
export class InvoiceMonths {
  constructor(private readonly options: InvoiceMonthsOptions) {}

  /** The invoices of each month asked for, `[]` for one without any. */
  async read(question: MonthsQuestion): Promise<ReadonlyMap<YearMonth, readonly Invoice[]>> {
    const { projectId, detailed } = question
    const now = monthAt(this.options.clock())
    // A month that has not begun has no bills, and the server refuses a start in the future.
    const begun = [...new Set(question.months)].filter(month => month <= now)
    const held = await Promise.all(
      begun.map(async month => [month, await this.cached(projectId, month, detailed)] as const),
    )
    const found = new Map<YearMonth, readonly Invoice[]>(question.months.map(month => [month, []]))
    for (const [month, entry] of held) if (entry) found.set(month, entry.invoices)
    const missing = held.filter(([, entry]) => entry === undefined).map(([month]) => month)
    for (const [from, to] of toRanges(missing, this.options.reader.maxGapMonths())) {
      const read = await this.readRange({ projectId, from, to, detailed })
      for (const month of missing) if (month >= from && month <= to) found.set(month, read.get(month) ?? [])
    }
    return found
  }

  private async readRange(range: { projectId: string; from: YearMonth; to: YearMonth; detailed: boolean }) {
    const { projectId, from, to, detailed } = range
    const asked: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/invoices' }
    const question = { projectId, start: firstDayOf(from), end: firstDayOf(addMonths(to, 1)), detailed }
    const { reader } = this.options
    const read = await (detailed ? readWithLines(reader, question) : reader.read(question)).catch((error: unknown) => {
      // A project that the rating service has not collected yet has no bills.
      if (error instanceof UpstreamNotFoundError) return null
      throw error
    })
    const months = new Map<YearMonth, readonly Invoice[]>()
    if (read === null) return months
    if (read.answer.project_id !== projectId) throw new UpstreamFormatError('it is about another project', asked)
    if (!read.stale) await this.keepEmpty(read, question)
    const byMonth = Map.groupBy(read.answer.invoices, ([date]) => monthOf(date))
    for (const [month, documents] of [...byMonth].sort(([left], [right]) => (left < right ? -1 : 1))) {
      const oldestFirst = documents.toSorted(([left], [right]) => (left < right ? -1 : 1))
      const answer = { ...read.answer, invoices: oldestFirst }
      const entry = await toMonth(answer, read, { ...this.options.terms, regions: read.regions })
      months.set(month, detailed ? entry.invoices.map(withoutLines) : entry.invoices)
      await this.keep(projectId, month, detailed, entry)
    }
    return months
  }

  /** Long closed months without any bill stay so: remembered, the next list asks for the newest ones only. */
  private async keepEmpty(read: ReadRange, { projectId, start, end, detailed }: InvoicesQuestion): Promise<void> {
    const settled = addMonths(monthAt(this.options.clock()), -LATE_BILL_MONTHS)
    const withBills = new Set(read.answer.invoices.map(([date]) => monthOf(date)))
    for (let month = monthOf(start); month < settled && firstDayOf(month) < end; month = addMonths(month, 1)) {
      if (withBills.has(month)) continue
      const terms = { ...this.options.terms, regions: read.regions }
      await this.keep(projectId, month, detailed, await toMonth({ ...read.answer, invoices: [] }, read, terms))
    }
  }

  private async keep(projectId: string, month: YearMonth, detailed: boolean, entry: InvoiceMonth): Promise<void> {
    const isClosed = month < monthAt(this.options.clock())
    if (!isClosed || entry.invoices.some(invoice => invoice.state !== 'PAID' || invoice.stale)) return
    if (detailed && entry.invoices.some(invoice => invoice.lineItems === null)) return
    await this.options.cache.set(cacheKey(projectId, month, detailed), entry, PAID_MONTH_LIFE_MS)
  }

  /** The detailed answer serves a question for the summary as well. */
  private async cached(projectId: string, month: YearMonth, detailed: boolean): Promise<InvoiceMonth | undefined> {
    const entry = await this.options.cache.get(cacheKey(projectId, month, true))
    return entry ?? (detailed ? undefined : this.options.cache.get(cacheKey(projectId, month, false)))
  }
}

/** How a month is kept as text: the wire's own JSON, so that what comes back passes the same decoder. */
export function invoiceMonthCodec(terms: Omit<CatalystTerms, 'regions'>): Codec<InvoiceMonth> {
  const asked: UpstreamRequest = { upstream: 'catalyst', operation: 'cached invoices' }
  return {
    encode: ({ wire: answer, asOf, regions }) => [asOf, JSON.stringify(regions), encodeInvoices(answer)].join('\n'),
    decode: async text => {
      const [asOf = '', regionList = '', answer = ''] = text.split('\n', 3)
      const regions = z.array(z.string()).parse(JSON.parse(regionList))
      const decoded = await decoding('catalystInvoices')(Buffer.from(answer), asked)
      return toMonth(decoded, { asOf, stale: false }, { ...terms, regions })
    },
  }
}

async function toMonth(answer: wire.Invoices, { asOf, stale }: Said, terms: CatalystTerms): Promise<InvoiceMonth> {
  const origin = { projectId: answer.project_id, projectName: answer.project_name, asOf, stale }
  const invoices = await toInvoicesInTurns(answer.invoices, origin, terms)
  return { wire: answer, regions: terms.regions, invoices, asOf }
}

/** Says of a bill whose lines were asked for in vain that they are missing. */
function withoutLines(invoice: Invoice): Invoice {
  if (invoice.lineItems) return invoice
  return linesUnavailable(invoice, 'cannot list its lines: it may hold a product that is no longer sold')
}

function cacheKey(projectId: string, month: YearMonth, detailed: boolean): string {
  return `${projectId}/${month}/${detailed ? 'detailed' : 'summary'}`
}

/** As few ranges as may be: one over all months, in parts when it is very long or has gaps that are too wide to bridge. */
function toRanges(months: readonly YearMonth[], maxGap: number): readonly (readonly [YearMonth, YearMonth])[] {
  const runs: YearMonth[][] = []
  for (const month of months.toSorted()) {
    const last = runs.at(-1)?.at(-1)
    if (last === undefined || monthsBetween(last, month) > maxGap) runs.push([month])
    else runs.at(-1)?.push(month)
  }
  return runs.flatMap(run => {
    const parts = splitRange(run[0] ?? '', run.at(-1) ?? '')
    return parts.filter(([from, to]) => run.some(month => month >= from && month <= to))
  })
}

function splitRange(from: YearMonth, to: YearMonth): readonly (readonly [YearMonth, YearMonth])[] {
  const last = addMonths(from, MAX_RANGE_MONTHS - 1)
  if (monthsBetween(from, to) < MAX_RANGE_MONTHS) return [[from, to]]
  return [[from, last], ...splitRange(addMonths(last, 1), to)]
}
