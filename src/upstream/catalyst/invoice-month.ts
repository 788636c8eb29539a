import { z } from 'zod'
import type { Invoice } from '../../domain/invoice.js'
import { addMonths, isYearMonth, monthAt, monthOf, type YearMonth } from '../../domain/period.js'
import type { FetchedPart } from '../cache/cacheable.js'
import { parseJson } from '../decoding/json.js'
import { decodeShape } from '../decoding/shape.js'
import type { DecodePool } from '../decoding/worker-pool.js'
import { UpstreamFormatError, type UpstreamRequest } from '../http/errors.js'
import type { MappingSettings } from './amount.js'
import { encodeInvoices } from './decode.js'
import { toInvoices } from './mapping.js'
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

/** The first line of a stored month. The known regions tell what its product keys mean. */
const header = z.object({ month: z.string().refine(isYearMonth), regions: z.array(z.string()) })

/** A month as it was fetched, ready for the cache. `sent` holds its invoices in any order, and no others. */
export async function toPart(
  month: YearMonth,
  sent: wire.Invoices,
  asOf: string,
  settings: MappingSettings,
): Promise<FetchedPart<InvoiceMonth>> {
  const value = { month, invoices: await mapMonth(sent, asOf, settings) }
  return { value, bytes: sizeOf(value), encode: () => encodeMonth(month, sent, settings.regions) }
}

/**
 * Reads what `encode` of a part wrote, with the decoder that also reads responses.
 *
 * @param asOf when the invoices were fetched
 * @throws UpstreamFormatError
 */
export async function decodeMonth(
  body: Uint8Array,
  asOf: string,
  settings: Omit<MappingSettings, 'regions'>,
  decoders: DecodePool,
): Promise<InvoiceMonth> {
  const end = Math.max(0, body.indexOf(0x0a))
  const { month, regions } = decodeShape(header, parseJson(body.subarray(0, end), REQUEST), REQUEST)
  const sent = await decoders.decode('catalystInvoices', body.subarray(end + 1), REQUEST)
  if (sent.invoices.some(([date]) => monthOf(date) !== month)) {
    throw new UpstreamFormatError('it is about another month', REQUEST)
  }
  return { month, invoices: await mapMonth(sent, asOf, { ...settings, regions }) }
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

function mapMonth(sent: wire.Invoices, asOf: string, settings: MappingSettings): Promise<readonly Invoice[]> {
  const oldestFirst = sent.invoices.toSorted(([left], [right]) => (left < right ? -1 : 1))
  const origin = { projectId: sent.project_id, projectName: sent.project_name, asOf, stale: false }
  return toInvoices(oldestFirst, origin, settings)
}

function encodeMonth(month: YearMonth, sent: wire.Invoices, regions: readonly string[]): Uint8Array {
  return Buffer.from(`${JSON.stringify({ month, regions })}\n${encodeInvoices(sent)}`)
}

function sizeOf({ invoices }: InvoiceMonth): number {
  return invoices.reduce((sum, { lineItems }) => sum + INVOICE_BYTES + LINE_BYTES * (lineItems?.length ?? 0), 0)
}
