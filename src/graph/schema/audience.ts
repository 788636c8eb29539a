import type { Annotated } from './annotate.js'

/**
 * The audience of a schema element, published as a `@tag`. A router can build contract schemas from the tags: a contract excludes the
 * tags of other audiences. Each audience includes the ones before it.
 *
 * - `public`: the parts of an invoice that its buyer may see
 * - `finance`: costs of customers, quotations, prices and credits, and all writes
 * - `internal`: the status of the gateway and its caller, and raw usage
 */
export type Audience = 'public' | 'finance' | 'internal'

/** Object types that are not public, with all their fields. A contract drops unreachable enums by itself. */
const TYPES: ReadonlyMap<string, Audience> = new Map([
  ['CostAllocation', 'finance'],
  ['Credit', 'finance'],
  ['InvoicePayload', 'finance'],
  ['LineItemPayload', 'finance'],
  ['MarkupInput', 'finance'],
  ['OnChargeInput', 'finance'],
  ['OnChargePayload', 'finance'],
  ['OnChargeStep', 'finance'],
  ['UserError', 'finance'],
  ['WriteIntent', 'finance'],
  ['WriteIntentPayload', 'finance'],
  ['Customer', 'finance'],
  ['CustomerBy', 'finance'],
  ['CustomerClaim', 'finance'],
  ['CustomerConnection', 'finance'],
  ['CustomerCost', 'finance'],
  ['CustomerEdge', 'finance'],
  ['CustomerReconciliation', 'finance'],
  ['CustomerShare', 'finance'],
  ['Difference', 'finance'],
  ['Forecast', 'finance'],
  ['Margin', 'finance'],
  ['MeasuredService', 'internal'],
  ['Measurement', 'internal'],
  ['MonthlyAmount', 'finance'],
  ['PoolShare', 'finance'],
  ['Product', 'finance'],
  ['Quotation', 'finance'],
  ['RateLimit', 'internal'],
  ['Reconciliation', 'finance'],
  ['RegionCost', 'finance'],
  ['SharedPool', 'finance'],
  ['SourceStatus', 'internal'],
])

/** Query fields that are not public. */
const QUERIES: ReadonlyMap<string, Audience> = new Map([
  ['costAllocation', 'finance'],
  ['costOverTime', 'finance'],
  ['credits', 'finance'],
  ['customer', 'finance'],
  ['customerCost', 'finance'],
  ['customers', 'finance'],
  ['incidents', 'finance'],
  ['writeIntent', 'finance'],
  ['measurements', 'internal'],
  ['products', 'finance'],
  ['quotation', 'finance'],
  ['rateLimit', 'internal'],
  ['reconciliation', 'finance'],
  ['sources', 'internal'],
])

/** The tag of a type or of a query field. Fields of other types share the audience of their type. */
export function audienceTag({ type, field }: Annotated): readonly string[] {
  if (type === 'Query') return field ? [tag(QUERIES.get(field.name))] : []
  if (type === 'Mutation') return field ? [tag('finance')] : []
  return field ? [] : [tag(TYPES.get(type))]
}

function tag(audience: Audience = 'public'): string {
  return `@tag(name: "${audience}")`
}
