import type { Annotated } from './annotate.js'

/**
 * Who an element of the schema is meant for, as a `@tag`, so that a router can cut contracts from the graph: everything
 * has one, and a contract leaves out what is for others. Each circle lies within the next one: what is public is for finance too.
 *
 * - `public`: what the buyer of an invoice may be shown of it
 * - `finance`: what customers cost, quotations, prices and credits
 * - `internal`: how the gateway and its caller stand, and raw usage
 */
export type Audience = 'public' | 'finance' | 'internal'

/** Objects that are not public, with all their fields. Enums that nothing leads to fall out of a contract by themselves. */
const TYPES: ReadonlyMap<string, Audience> = new Map([
  ['Credit', 'finance'],
  ['Customer', 'finance'],
  ['CustomerCost', 'finance'],
  ['MeasuredService', 'internal'],
  ['Measurement', 'internal'],
  ['Product', 'finance'],
  ['Quotation', 'finance'],
  ['RateLimit', 'internal'],
  ['RegionCost', 'finance'],
  ['SourceStatus', 'internal'],
])

/** Questions that are not public. */
const QUERIES: ReadonlyMap<string, Audience> = new Map([
  ['credits', 'finance'],
  ['customer', 'finance'],
  ['customerCost', 'finance'],
  ['measurements', 'internal'],
  ['products', 'finance'],
  ['quotation', 'finance'],
  ['rateLimit', 'internal'],
  ['sources', 'internal'],
])

/** The tag of a type, or of a question; fields of other types are for whom their type is. */
export function audienceTag({ type, field }: Annotated): readonly string[] {
  if (type === 'Query') return field ? [tag(QUERIES.get(field.name))] : []
  return field ? [] : [tag(TYPES.get(type))]
}

function tag(audience: Audience = 'public'): string {
  return `@tag(name: "${audience}")`
}
