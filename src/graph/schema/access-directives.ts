import type { Annotated } from './annotate.js'

/** Reads bills and what belongs to them. */
const BILLING = '["billing:read"]'
/** Reads what customers cost, and what the running month has cost so far. */
const COSTS = '["costs:read"]'

/** The types that hold amounts, and which scopes lead to them: any one of those named. */
const SCOPES: ReadonlyMap<string, string> = new Map([
  ['CostShare', `${BILLING}, ${COSTS}`],
  ['Credit', COSTS],
  ['Customer', COSTS],
  ['CustomerCost', COSTS],
  ['Invoice', BILLING],
  ['LineItem', `${BILLING}, ${COSTS}`],
  ['LineItemConnection', `${BILLING}, ${COSTS}`],
  ['Notice', `${BILLING}, ${COSTS}`],
  ['Payment', BILLING],
  ['Quotation', COSTS],
  ['RegionCost', COSTS],
])

/** What a field returns that is an amount of somebody's. */
const AMOUNTS: ReadonlySet<string> = new Set(['Money', 'TaxedMoney', 'CustomerCost'])

/**
 * What a router is told to enforce in front of this subgraph: every question takes a caller who is known, every amount one of
 * the scopes that lead to it. On fields, never on a type: an entity's type is shared with other subgraphs, and the value types
 * with anybody.
 */
export function accessDirective({ type, field }: Annotated): readonly string[] {
  if (!field) return []
  if (type === 'Query') return ['@authenticated']
  const scopes = AMOUNTS.has(field.returns) ? SCOPES.get(type) : undefined
  return scopes === undefined ? [] : [`@requiresScopes(scopes: [${scopes}])`]
}
