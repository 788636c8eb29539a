import type { Invoice } from '../domain/invoice.js'
import {
  compareKeys,
  type InvoiceKey,
  type InvoiceOrder,
  invoiceKey,
  reverseOrder,
  startMonth,
} from '../domain/invoice-order.js'
import type { YearMonth } from '../domain/period.js'
import type { BillingSource } from '../domain/source.js'
import type { InvoiceSource } from './invoice-source.js'
import { toError } from './settle.js'

/** A page of an ordered list. */
export interface PageRequest {
  /** Maximum number of invoices. */
  readonly size: number
  /** forward: the first invoices after `beyond`. backward: the last invoices before it. */
  readonly direction: 'forward' | 'backward'
  /** The key of the invoice next to the page; null starts at the end of the list. */
  readonly beyond: InvoiceKey | null
  /** The key at which reading stops, excluded; null reads on to the other end of the list. */
  readonly until: InvoiceKey | null
}

/** A page of an invoice list. */
export interface InvoiceListPage {
  /** In the order of the list, for both directions. */
  readonly invoices: readonly Invoice[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  /** The errors of the systems whose invoices are missing or incomplete. */
  readonly failures: ReadonlyMap<BillingSource, readonly Error[]>
}

/**
 * One page of the merged invoices of several sources. Each source is read only as far as the page needs. A source that fails is
 * left out and reported in `failures`.
 *
 * @throws the first failure when every source fails
 */
export async function readInvoicePage(
  sources: readonly InvoiceSource[],
  order: InvoiceOrder,
  request: PageRequest,
): Promise<InvoiceListPage> {
  // The last before a key is the first after it in the reverse order.
  const isBackward = request.direction === 'backward'
  const reading = isBackward ? reverseOrder(order) : order
  const merged = new MergedScan(sources, reading, request.beyond && startMonth(request.beyond, order))
  const found: Invoice[] = []
  for await (const invoice of merged.invoices()) {
    const key = invoiceKey(invoice, order)
    if (request.until !== null && compareKeys(key, request.until, reading) >= 0) break
    if (request.beyond !== null && compareKeys(key, request.beyond, reading) <= 0) continue
    found.push(invoice)
    if (found.length > request.size) break
  }
  merged.throwIfNothingLeft()
  const invoices = found.slice(0, request.size)
  const goesOn = found.length > request.size
  const cameFrom = request.beyond !== null
  return {
    invoices: isBackward ? invoices.reverse() : invoices,
    hasNextPage: isBackward ? cameFrom : goesOn,
    hasPreviousPage: isBackward ? goesOn : cameFrom,
    failures: merged.failures,
  }
}

/** Merges several ordered scans into one. */
class MergedScan {
  readonly failures = new Map<BillingSource, readonly Error[]>()

  constructor(
    private readonly sources: readonly InvoiceSource[],
    private readonly order: InvoiceOrder,
    private readonly start: YearMonth | null,
  ) {}

  async *invoices(): AsyncGenerator<Invoice> {
    const scans = this.sources.map(source => new Scan(source.source, source.scan(this.order, this.start)))
    try {
      await Promise.all(scans.map(scan => this.advance(scan)))
      for (let next = this.first(scans); next?.head; next = this.first(scans)) {
        yield next.head
        await this.advance(next)
      }
    } finally {
      await Promise.all(scans.map(scan => scan.close()))
    }
  }

  throwIfNothingLeft(): void {
    const failures = [...this.failures.values()].flat()
    if (failures.length > 0 && failures.length === this.sources.length) throw failures[0]
  }

  private async advance(scan: Scan): Promise<void> {
    try {
      await scan.advance()
    } catch (error) {
      this.failures.set(scan.source, [...(this.failures.get(scan.source) ?? []), toError(error)])
    }
  }

  private first(scans: readonly Scan[]): Scan | undefined {
    return scans
      .filter(scan => scan.head !== null)
      .reduce<Scan | undefined>(
        (best, scan) => (best && compareHeads(best, scan, this.order) <= 0 ? best : scan),
        undefined,
      )
  }
}

/** The scan of one source and its current invoice. */
class Scan {
  head: Invoice | null = null
  private readonly iterator: AsyncIterator<Invoice>

  constructor(
    readonly source: BillingSource,
    invoices: AsyncIterable<Invoice>,
  ) {
    this.iterator = invoices[Symbol.asyncIterator]()
  }

  async advance(): Promise<void> {
    this.head = null
    const { done, value } = await this.iterator.next()
    if (done !== true) this.head = value
  }

  async close(): Promise<void> {
    await this.iterator.return?.()
  }
}

function compareHeads(left: Scan, right: Scan, order: InvoiceOrder): number {
  if (!left.head || !right.head) return left.head ? -1 : 1
  return compareKeys(invoiceKey(left.head, order), invoiceKey(right.head, order), order)
}
