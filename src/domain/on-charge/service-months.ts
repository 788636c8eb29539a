import { onChargeMarkerOf } from '../economics/on-charge-marker.js'
import type { ServiceMonths } from '../economics/revenue.js'
import type { Invoice } from '../invoice.js'
import type { LineItem } from '../line-item.js'
import { addMonths, type YearMonth } from '../period.js'
import { kindsOfName } from './charge-text.js'
import { chargeIdentity, readChargeMarker } from './charged-month.js'

/** How far before and after the month of its invoice a line's month of service is looked for. */
const MONTHS_BEFORE = 120
const MONTHS_AFTER = 12

/** A line is explained once for each customer. Lines live as long as the cache holds their invoice. */
const known = new WeakMap<LineItem, { readonly customerKey: string; readonly month: YearMonth | null }>()

/**
 * The month of service of an on-charged line; null when no month of this customer and buyer has its marker. The marker is computed for
 * one month after the other: nothing about a line is stored anywhere else.
 */
export function serviceMonthOf(line: LineItem, { period, buyer }: Invoice, customerKey: string): YearMonth | null {
  const marker = onChargeMarkerOf(line)
  if (marker === null) return null
  const before = known.get(line)
  if (before?.customerKey === customerKey) return before.month
  const { identity } = readChargeMarker(marker)
  const kinds = kindsOfName(line.name)
  const isOf = (month: YearMonth): boolean =>
    kinds.some(kind => chargeIdentity({ customerKey, buyerId: buyer.nativeId, month }, kind, line.name) === identity)
  const month = candidates(period.month).find(isOf) ?? null
  known.set(line, { customerKey, month })
  return month
}

/** The months of service of a customer's on-charged lines, by marker. A line that cannot be explained has no entry. */
export function serviceMonthsOf(invoices: readonly Invoice[], customerKey: string): ServiceMonths {
  const months = new Map<string, YearMonth>()
  for (const invoice of invoices) {
    for (const line of invoice.lineItems ?? []) {
      const month = serviceMonthOf(line, invoice, customerKey)
      if (month !== null) months.set(onChargeMarkerOf(line) ?? '', month)
    }
  }
  return months
}

/** The likeliest first: a month is mostly billed in the next one. */
function candidates(month: YearMonth): readonly YearMonth[] {
  const earlier = Array.from({ length: MONTHS_BEFORE - 1 }, (_, index) => addMonths(month, -index - 2))
  const later = Array.from({ length: MONTHS_AFTER }, (_, index) => addMonths(month, index + 1))
  return [addMonths(month, -1), month, ...earlier, ...later]
}
