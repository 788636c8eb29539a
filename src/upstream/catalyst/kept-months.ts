import { addMonths, monthAt, type YearMonth } from '../../domain/period.js'
import type { Clock } from '../../request/clock.js'
import type { Cache } from '../cache/cache.js'
import type { CacheTtl } from '../cache/ttl.js'
import type { InvoiceMonth } from './invoice-month.js'

/** What months are kept with. */
export interface KeptMonthsOptions {
  readonly cache: Cache<InvoiceMonth>
  /** Of bills that may still change; null keeps only those that rarely do. */
  readonly life: CacheTtl | null
  readonly clock: Clock
}

/** A month as it was read before. */
export interface KeptMonth {
  readonly entry: InvoiceMonth
  /** False when it should be asked for again, and serves only where that fails. */
  readonly isFresh: boolean
}

/** Closed and paid months rarely change; a credit note may still come. */
const PAID_MONTH_LIFE_MS = 6 * 3_600_000
/** A bill can come this many months late: before that, a month without any is not known to stay so. */
const LATE_BILL_MONTHS = 3

/** Months as they were read: for hours those that are closed and paid, the others for as long as an answer serves. */
export class KeptMonths {
  constructor(private readonly options: KeptMonthsOptions) {}

  /** Keeps a month, unless nothing could be made of it later. */
  async keep(projectId: string, month: YearMonth, detailed: boolean, entry: InvoiceMonth): Promise<void> {
    if (!isWhole(entry, detailed)) return
    const lifeMs = Math.max(this.freshMs(month, entry), this.options.life?.onErrorMs ?? 0)
    await this.options.cache.set(keyOf(projectId, month, detailed), entry, lifeMs)
  }

  /** What is kept of a month; the detailed answer serves a question for the summary as well. */
  async find(projectId: string, month: YearMonth, detailed: boolean): Promise<KeptMonth | undefined> {
    const entry =
      (await this.options.cache.get(keyOf(projectId, month, true))) ??
      (detailed ? undefined : await this.options.cache.get(keyOf(projectId, month, false)))
    return entry && { entry, isFresh: this.options.clock().getTime() < this.freshUntil(month, entry) }
  }

  /** Until when a month need not be asked for again; milliseconds of the clock, Infinity for one that is not kept at all. */
  freshUntil(month: YearMonth, entry: InvoiceMonth): number {
    if (this.options.life === null && !this.isSettled(month, entry)) return Number.POSITIVE_INFINITY
    return Date.parse(entry.asOf) + this.freshMs(month, entry)
  }

  /** True while it may still stand in for an answer that could not be had. */
  mayServeStale({ entry }: KeptMonth): boolean {
    return this.ageOf(entry) < (this.options.life?.onErrorMs ?? 0)
  }

  private freshMs(month: YearMonth, entry: InvoiceMonth): number {
    return this.isSettled(month, entry) ? PAID_MONTH_LIFE_MS : (this.options.life?.freshMs ?? 0)
  }

  private isSettled(month: YearMonth, { invoices }: InvoiceMonth): boolean {
    const now = monthAt(this.options.clock())
    if (invoices.length === 0) return month < addMonths(now, -LATE_BILL_MONTHS)
    return month < now && invoices.every(({ state }) => state === 'PAID')
  }

  private ageOf({ asOf }: InvoiceMonth): number {
    return this.options.clock().getTime() - Date.parse(asOf)
  }
}

/** False of what nothing could be made of later. */
export function isWhole({ invoices }: InvoiceMonth, detailed: boolean): boolean {
  return !invoices.some(invoice => invoice.stale || (detailed && invoice.lineItems === null))
}

function keyOf(projectId: string, month: YearMonth, detailed: boolean): string {
  return `${projectId}/${month}/${detailed ? 'detailed' : 'summary'}`
}
