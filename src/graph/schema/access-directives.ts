import type { Annotated } from './annotate.js'

/** Scope for bills and their details. */
const BILLING = '["billing:read"]'
/** Scope for customers' costs and the running month. */
const COSTS = '["costs:read"]'

/** Scope for what is billed to a customer. */
const CHARGES = '["billing:write"]'

/** Every write, and what is said of writes. */
const WRITING = '@requiresScopes(scopes: [["billing:write"]])'
const WRITE_QUERIES: ReadonlySet<string> = new Set(['incidents', 'writeIntent'])

/** The types with amounts, and the scopes of which any one grants access. */
const SCOPES: ReadonlyMap<string, string> = new Map([
  ['CostAllocation', COSTS],
  ['CostShare', `${BILLING}, ${COSTS}`],
  ['Credit', COSTS],
  ['CurrencyTotal', BILLING],
  ['Customer', COSTS],
  ['CustomerCost', COSTS],
  ['CustomerReconciliation', `${BILLING}, ${COSTS}`],
  ['Difference', `${BILLING}, ${COSTS}`],
  ['Forecast', COSTS],
  ['CustomerShare', COSTS],
  ['Invoice', BILLING],
  ['LineItem', `${BILLING}, ${COSTS}`],
  ['LineItemConnection', `${BILLING}, ${COSTS}`],
  ['Margin', `${BILLING}, ${COSTS}`],
  ['MonthlyAmount', `${BILLING}, ${COSTS}`],
  ['Notice', `${BILLING}, ${COSTS}`],
  ['OnChargePayload', CHARGES],
  ['OnChargeStep', CHARGES],
  ['Payment', BILLING],
  ['PoolShare', COSTS],
  ['Quotation', COSTS],
  ['RegionCost', COSTS],
  ['SharedPool', COSTS],
])

/** Return types that are amounts. */
const AMOUNTS: ReadonlySet<string> = new Set(['Money', 'TaxedMoney', 'CustomerCost'])

/**
 * The directives by which a router enforces access: every query field requires an authenticated caller, every amount one of its
 * scopes. They are on fields, never on types, because other subgraphs share the entities and value types.
 */
export function accessDirective({ type, field }: Annotated): readonly string[] {
  if (!field) return []
  if (type === 'Query') return WRITE_QUERIES.has(field.name) ? ['@authenticated', WRITING] : ['@authenticated']
  if (type === 'Mutation') return [WRITING]
  const scopes = AMOUNTS.has(field.returns) ? SCOPES.get(type) : undefined
  return scopes === undefined ? [] : [`@requiresScopes(scopes: [${scopes}])`]
}
