import { compareDecimals, type Decimal } from './decimal.js'
import type { BillingSource } from './source.js'
import type { TaxedMoney } from './taxed-money.js'

/** What kind of charge a line is. */
export type LineItemType =
  | 'PLAN_COST'
  | 'VARIABLE_COST'
  | 'MANUAL'
  | 'RESOURCE_USAGE'
  | 'DISCOUNT'
  | 'CREDIT'
  | 'SUPPORT'
  | 'UNKNOWN'

/** The cloud resource that a Catalyst line charges for. */
export interface CloudResource {
  /** UUID or MD5 hex; null on ERP invoices, which carry none. */
  readonly resourceId: string | null
  /** The resource's own name; null where the upstream has none. */
  readonly name: string | null
  /** `nz-por-1`; null for products that belong to no region. */
  readonly region: string | null
  readonly category: string
  /** Without its region: `c1.c2r4`. */
  readonly product: string
}

/** One charge on a bill or quotation. */
export interface LineItem {
  readonly kind: 'LineItem'
  readonly source: BillingSource
  /** The document it stands on: an invoice's native id, or `<project>/quotation-<day>/<region>`. */
  readonly documentId: string
  /** The invoice's native id; null for a quotation's line. */
  readonly invoiceId: string | null
  /** Place on its document, from 0, in the order billed. The only identity of a Catalyst line: names repeat. */
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

/** Which lines to keep; a missing member keeps all. */
export interface LineItemFilter {
  readonly namePrefix?: string | null | undefined
  readonly types?: readonly LineItemType[] | null | undefined
  readonly category?: string | null | undefined
  readonly region?: string | null | undefined
}

/** AS_BILLED keeps the upstream's order; the others fall back to it between equals. */
export type LineItemOrder = 'AS_BILLED' | 'COST_DESC' | 'NAME_ASC'

/** The lines that fit the filter, in the order given. */
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

/** The lines in the order asked for. */
export function orderLineItems(lines: readonly LineItem[], order: LineItemOrder): readonly LineItem[] {
  switch (order) {
    case 'AS_BILLED':
      return lines
    case 'COST_DESC':
      return [...lines].sort((left, right) => compareDecimals(right.cost.net, left.cost.net))
    case 'NAME_ASC':
      return [...lines].sort((left, right) => compareText(left.name, right.name))
  }
}

/** By code unit: the same everywhere, whatever the machine's locale. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** The name by which a line belongs to somebody; null for a resource without one, which is shown under its product. */
export function resourceName(line: LineItem): string | null {
  return line.resource ? line.resource.name : line.name
}
