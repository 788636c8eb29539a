import { compareDecimals, type Decimal } from './decimal.js'
import { sortInTurns } from './sort-in-turns.js'
import type { BillingSource } from './source.js'
import type { TaxedMoney } from './taxed-money.js'

/** The kind of charge. */
export type LineItemType =
  | 'PLAN_COST'
  | 'VARIABLE_COST'
  | 'MANUAL'
  | 'RESOURCE_USAGE'
  | 'DISCOUNT'
  | 'CREDIT'
  | 'SUPPORT'
  | 'UNKNOWN'

/** The cloud resource that a Catalyst line item charges for. */
export interface CloudResource {
  /** UUID or MD5 hex; null on ERP invoices. Several line items can charge for one resource. */
  readonly resourceId: string | null
  /** Null if the resource has no name. */
  readonly name: string | null
  /** `nz-por-1`; null for products without a region. */
  readonly region: string | null
  readonly category: string
  /** Without its region: `c1.c2r4`. */
  readonly product: string
}

/** A charge on an invoice or quotation. */
export interface LineItem {
  readonly kind: 'LineItem'
  readonly source: BillingSource
  /** The native id of its invoice, or `<project>/quotation-<day>/<region>`. */
  readonly documentId: string
  /** The native id of its invoice; null on a quotation. */
  readonly invoiceId: string | null
  /** Position on its document, from 0, in the order billed. A Catalyst line has no other identity: names repeat. */
  readonly position: number
  readonly nativeId: string | null
  readonly name: string
  readonly description: string | null
  readonly type: LineItemType
  readonly rawType: string | null
  readonly quantity: Decimal | null
  readonly unit: string | null
  readonly rate: Decimal | null
  readonly cost: TaxedMoney
  readonly resource: CloudResource | null
  readonly metricId: string | null
  readonly contractId: string | null
  readonly planId: string | null
}

/** A filter for line items. A missing member matches every line. */
export interface LineItemFilter {
  readonly namePrefix?: string | null | undefined
  readonly types?: readonly LineItemType[] | null | undefined
  readonly category?: string | null | undefined
  readonly region?: string | null | undefined
}

/** The order of line items. AS_BILLED is the upstream's order; the others fall back to it between equals. */
export type LineItemOrder = 'AS_BILLED' | 'COST_DESC' | 'NAME_ASC'

/** The lines that match the filter, in the same order. */
export function filterLineItems(lines: readonly LineItem[], filter: LineItemFilter): readonly LineItem[] {
  const { namePrefix, types, category, region } = filter
  return lines.filter(
    line =>
      (namePrefix == null || line.name.startsWith(namePrefix)) &&
      (types == null || types.includes(line.type)) &&
      (category == null || line.resource?.category === category) &&
      (region == null || line.resource?.region === region),
  )
}

/** The lines in the requested order. Many are sorted in turns. */
export async function orderLineItems(lines: readonly LineItem[], order: LineItemOrder): Promise<readonly LineItem[]> {
  switch (order) {
    case 'AS_BILLED':
      return lines
    case 'COST_DESC':
      return sortInTurns(lines, (left, right) => compareDecimals(right.cost.net, left.cost.net))
    case 'NAME_ASC':
      return sortInTurns(lines, (left, right) => compareText(left.name, right.name))
  }
}

/** Compares code units, so that the order does not depend on the machine's locale. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** The name that assigns a line to a customer; null for a resource without a name, which is shown under its product. */
export function resourceName(line: LineItem): string | null {
  return line.resource ? line.resource.name : line.name
}
