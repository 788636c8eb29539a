import type { Invoice } from '../../domain/invoice.js'
import { addMonths, monthAt, type YearMonth } from '../../domain/period.js'
import type { FetchedPart } from '../cache/cacheable.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import type { UpstreamRequest } from '../http/errors.js'
import { encodeMonth } from './decode.js'
import { toInvoices } from './mapping.js'
import type { MappingSettings } from './totals.js'
import type * as wire from './wire.js'

/** The invoices of one project dated in one month. */
export interface InvoiceMonth {
  readonly month: YearMonth
  /** Oldest first. */
  readonly invoices: readonly Invoice[]
}

/** An invoice can come this many months late. Until then a month without any may still get one. */
const LATE_INVOICE_MONTHS = 3
/** Size of a line in a body, roughly. */
const LINE_BYTES = 190
const INVOICE_BYTES = 200

const REQUEST: UpstreamRequest = { upstream: 'catalyst', operation: 'cached invoices' }

/** A month as it was fetched, for the cache. @param sent its invoices in any order, and no others */
export async function toPart(
  month: YearMonth,
  sent: wire.Invoices,
  asOf: string,
  settings: MappingSettings,
): Promise<FetchedPart<InvoiceMonth>> {
  const stored = { month, regions: settings.regions, sent }
  const value = await mapMonth(stored, asOf, settings)
  return { value, bytes: sizeOf(value), encode: () => Buffer.from(encodeMonth(stored)) }
}

/**
 * A month as the shared store holds it.
 *
 * @param asOf when its invoices were fetched
 * @throws UpstreamFormatError
 */
export async function readMonth(
  body: Uint8Array,
  asOf: string,
  settings: Omit<MappingSettings, 'regions'>,
  decoders: DecodePool,
): Promise<InvoiceMonth> {
  return mapMonth(await decoders.decode('catalystMonth', body, REQUEST), asOf, settings)
}

/** True for a month that hardly changes any more: all of it paid, or so old that no invoice is to come. */
export function isClosed({ month, invoices }: InvoiceMonth, now: Date): boolean {
  if (invoices.length === 0) return month < addMonths(monthAt(now), -LATE_INVOICE_MONTHS)
  // A credit note can still come, but rarely does.
  return month < monthAt(now) && invoices.every(({ state }) => state === 'PAID')
}

/** True when the lines of an invoice are missing. */
export function lacksLines({ invoices }: InvoiceMonth): boolean {
  return invoices.some(({ lineItems }) => lineItems === null)
}

async function mapMonth(
  { month, regions, sent }: wire.StoredMonth,
  asOf: string,
  settings: Omit<MappingSettings, 'regions'>,
): Promise<InvoiceMonth> {
  const oldestFirst = sent.invoices.toSorted(([left], [right]) => (left < right ? -1 : 1))
  const origin = { projectId: sent.project_id, projectName: sent.project_name, asOf, stale: false }
  return { month, invoices: await toInvoices(oldestFirst, origin, { ...settings, regions }) }
}

function sizeOf({ invoices }: InvoiceMonth): number {
  return invoices.reduce((sum, { lineItems }) => sum + INVOICE_BYTES + LINE_BYTES * (lineItems?.length ?? 0), 0)
}
